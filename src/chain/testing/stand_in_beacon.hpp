// Threshold signatures in the field of 2^61 - 1, where a point is its own logarithm: all relations
// of the real scheme hold and nothing is secret. For tests and simulation, which spend their time
// on the system and not on curves.
#pragma once

#include <algorithm>

#include "base/amount.hpp"
#include "base/check.hpp"
#include "crypto/beacon_signer.hpp"
#include "crypto/sha256.hpp"

namespace cambium::chain::testing {

class StandInBeacon final : public crypto::BeaconSigner {
 public:
  const crypto::BeaconScheme& scheme() const override { return scheme_; }
  std::size_t signature_bytes() const override { return 8; }

  crypto::BeaconKey key_of(ByteView secret, ByteView context) const override {
    const Bytes key = bytes(hashed({as_bytes("key"), secret}));
    return {key, bytes(hashed({as_bytes("owns"), key, context}))};
  }

  crypto::BeaconDeal deal(ByteView secret, ByteView context,
                          std::span<const crypto::BeaconRecipient> to) const override {
    crypto::BeaconDeal out;
    for (std::uint32_t k = 0; k < crypto::kBeaconThreshold; ++k) {
      Bytes index;
      append_be64(index, k);
      append(out.commitments, bytes(hashed({as_bytes("coefficient"), secret, context, index})));
    }
    out.ephemeral = bytes(hashed({as_bytes("ephemeral"), secret, context}));
    out.proof = bytes(hashed({as_bytes("ephemeral"), out.ephemeral, context}));
    out.shares.resize(std::size_t{8} * crypto::kBeaconShares);
    for (const auto& who : to) {
      const std::uint64_t point = multiply(number(who.key, 0), number(out.ephemeral, 0));
      for (std::uint32_t i = who.range.first; i < who.range.first + who.range.count; ++i) {
        put(out.shares, i, value_at(out.commitments, i) ^ pad(point, i));
      }
    }
    return out;
  }

  std::optional<std::vector<crypto::SecretShare>> open(ByteView secret,
                                                       const crypto::ContextDeal& deal,
                                                       crypto::ShareRange range) const override {
    const std::uint64_t key = hashed({as_bytes("key"), secret});
    const std::uint64_t point = multiply(key, number(deal.deal.ephemeral, 0));
    std::vector<crypto::SecretShare> out;
    for (std::uint32_t i = range.first; i < range.first + range.count; ++i) {
      const std::uint64_t share = number(deal.deal.shares, i - 1) ^ pad(point, i);
      const auto& public_part = deal.deal.commitments;
      if (!public_part.empty() && share != value_at(public_part, i)) return std::nullopt;
      out.push_back({i, bytes(share)});
    }
    return out;
  }

  crypto::BeaconOpening complain(ByteView secret, const crypto::ContextDeal& deal) const override {
    const std::uint64_t key = hashed({as_bytes("key"), secret});
    return {bytes(multiply(key, number(deal.deal.ephemeral, 0))), bytes(1)};
  }

  std::vector<crypto::SecretShare> sum(
      std::span<const std::vector<crypto::SecretShare>> parts) const override {
    std::vector<crypto::SecretShare> out(parts.front());
    for (std::size_t p = 1; p < parts.size(); ++p) {
      for (std::size_t i = 0; i < out.size(); ++i) {
        out[i].scalar =
            bytes(plus(number(out[i].scalar, 0), number(parts[p][i].scalar, 0)));
      }
    }
    return out;
  }

  Bytes sign(const crypto::SecretShare& share, ByteView message) const override {
    return bytes(multiply(number(share.scalar, 0), hashed({message})));
  }

  bool verify_partials(const crypto::PartialClaim& claim) const override {
    const std::uint64_t point = hashed({claim.message});
    return std::ranges::all_of(claim.partials, [&](const auto& part) {
      return part.signature.size() == 8 && part.number >= 1 &&
             part.number <= crypto::kBeaconShares &&
             number(part.signature, 0) == multiply(value_at(claim.commitments, part.number), point);
    });
  }

  std::optional<Bytes> combine(
      std::span<const crypto::PartialSignature> partials) const override {
    if (partials.size() < crypto::kBeaconThreshold) return std::nullopt;
    const auto used = partials.first(crypto::kBeaconThreshold);
    std::uint64_t sum = 0;
    for (const auto& part : used) {
      std::uint64_t above = number(part.signature, 0);
      std::uint64_t below = 1;
      for (const auto& other : used) {
        if (other.number == part.number) continue;
        above = multiply(above, other.number);
        below = multiply(below, plus(other.number, kPrime - part.number));
      }
      sum = plus(sum, multiply(above, power(below, kPrime - 2)));
    }
    return bytes(sum);
  }

 private:
  static constexpr std::uint64_t kPrime = (std::uint64_t{1} << 61) - 1;

  static std::uint64_t plus(std::uint64_t a, std::uint64_t b) { return (a + b) % kPrime; }
  static std::uint64_t multiply(std::uint64_t a, std::uint64_t b) {
    return static_cast<std::uint64_t>(u128(a) * b % kPrime);
  }
  static std::uint64_t power(std::uint64_t base, std::uint64_t exponent) {
    std::uint64_t out = 1;
    for (; exponent != 0; exponent >>= 1, base = multiply(base, base)) {
      if (exponent & 1) out = multiply(out, base);
    }
    return out;
  }
  static std::uint64_t hashed(std::initializer_list<ByteView> parts) {
    return read_be64(crypto::sha256(parts).view().subspan(0, 8)) % kPrime;
  }
  static Bytes bytes(std::uint64_t value) {
    Bytes out;
    append_be64(out, value);
    return out;
  }
  static std::uint64_t number(ByteView from, std::size_t index) {
    return read_be64(from.subspan(index * 8, 8));
  }
  static void put(Bytes& into, std::uint32_t share, std::uint64_t value) {
    const Bytes encoded = bytes(value);
    std::ranges::copy(encoded, into.begin() + std::ptrdiff_t{8} * (share - 1));
  }
  static std::uint64_t pad(std::uint64_t point, std::uint32_t share) {
    Bytes index;
    append_be64(index, share);
    return hashed({as_bytes("pad"), bytes(point), index});
  }
  static std::uint64_t value_at(ByteView commitments, std::uint64_t x) {
    std::uint64_t out = 0;
    for (std::size_t k = crypto::kBeaconThreshold; k-- > 0;) {
      out = plus(multiply(out, x), number(commitments, k));
    }
    return out;
  }

  class Scheme final : public crypto::BeaconScheme {
   public:
    bool owns_key(const crypto::BeaconKeyClaim& claim) const override {
      return claim.key.size() == 8 &&
             equal(claim.proof, bytes(hashed({as_bytes("owns"), claim.key, claim.context})));
    }
    bool is_sound(const crypto::BeaconDeal& deal, ByteView context) const override {
      return deal.commitments.size() == std::size_t{8} * crypto::kBeaconThreshold &&
             deal.ephemeral.size() == 8 &&
             deal.shares.size() == std::size_t{8} * crypto::kBeaconShares &&
             equal(deal.proof, bytes(hashed({as_bytes("ephemeral"), deal.ephemeral, context})));
    }
    std::optional<Bytes> add(const crypto::CommitmentPair& pair) const override {
      return each(pair, 1);
    }
    std::optional<Bytes> subtract(const crypto::CommitmentPair& pair) const override {
      return each(pair, kPrime - 1);
    }
    crypto::ComplaintVerdict judge(const crypto::BeaconComplaint& c) const override {
      using enum crypto::ComplaintVerdict;
      const std::uint64_t point = multiply(number(c.key, 0), number(c.deal.ephemeral, 0));
      if (c.point.size() != 8 || number(c.point, 0) != point) return unproven;
      for (std::uint32_t i = c.range.first; i < c.range.first + c.range.count; ++i) {
        const std::uint64_t share = number(c.deal.shares, i - 1) ^ pad(point, i);
        if (share != value_at(c.deal.commitments, i)) return shares_are_bad;
      }
      return shares_are_good;
    }
    bool verify(const crypto::GroupSignature& group) const override {
      return group.signature.size() == 8 &&
             number(group.signature, 0) ==
                 multiply(number(group.commitments, 0), hashed({group.message}));
    }

   private:
    static std::optional<Bytes> each(const crypto::CommitmentPair& pair, std::uint64_t factor) {
      Bytes out;
      for (std::size_t k = 0; k < crypto::kBeaconThreshold; ++k) {
        const std::uint64_t left = pair.left.empty() ? 0 : number(pair.left, k);
        append(out, bytes(plus(left, multiply(factor, number(pair.right, k)))));
      }
      return out;
    }
  };

  Scheme scheme_;
};

}  // namespace cambium::chain::testing
