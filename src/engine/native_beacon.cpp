#include "engine/native_beacon.hpp"

#include <cambium_native.h>

#include <algorithm>

#include "base/check.hpp"

namespace cambium::engine {
namespace {

static_assert(crypto::kBeaconShares == CN_BEACON_SHARES);
static_assert(crypto::kBeaconThreshold == CN_BEACON_THRESHOLD);

cn_slice slice(ByteView bytes) { return {bytes.data(), bytes.size()}; }

cn_beacon_deal_view view(const crypto::BeaconDeal& deal, ByteView context) {
  return {slice(deal.commitments), slice(deal.ephemeral), slice(deal.proof), slice(deal.shares),
          slice(context)};
}

enum class Sign : std::uint8_t { plus = 0, minus = 1 };

std::optional<Bytes> combined(const crypto::CommitmentPair& pair, Sign sign) {
  Bytes out(CN_BEACON_COMMITMENTS);
  const int rc = cn_beacon_sum(slice(pair.left), slice(pair.right),
                               static_cast<std::uint8_t>(sign), out.data());
  return rc == CN_OK ? std::optional(std::move(out)) : std::nullopt;
}

/// Nothing when one has not the size of a signature.
std::optional<std::vector<cn_beacon_partial>> borrow(
    std::span<const crypto::PartialSignature> partials) {
  std::vector<cn_beacon_partial> out;
  for (const auto& partial : partials) {
    if (partial.signature.size() != CN_BEACON_POINT) return std::nullopt;
    out.push_back({partial.number, partial.signature.data()});
  }
  return out;
}

}  // namespace

bool NativeBeacon::owns_key(const crypto::BeaconKeyClaim& claim) const {
  return cn_beacon_owns_key(slice(claim.key), slice(claim.proof), slice(claim.context)) == CN_OK;
}

bool NativeBeacon::is_sound(const crypto::BeaconDeal& deal, ByteView context) const {
  const auto borrowed = view(deal, context);
  return cn_beacon_is_sound(&borrowed) == CN_OK;
}

std::optional<Bytes> NativeBeacon::add(const crypto::CommitmentPair& pair) const {
  return combined(pair, Sign::plus);
}

std::optional<Bytes> NativeBeacon::subtract(const crypto::CommitmentPair& pair) const {
  return combined(pair, Sign::minus);
}

crypto::ComplaintVerdict NativeBeacon::judge(const crypto::BeaconComplaint& c) const {
  using enum crypto::ComplaintVerdict;
  const auto borrowed = view(c.deal, c.context);
  switch (cn_beacon_judge(&borrowed, slice(c.key), slice(c.point), slice(c.proof), c.range.first,
                          c.range.count)) {
    case CN_OK: return shares_are_bad;
    case CN_FALSE: return shares_are_good;
    default: return unproven;
  }
}

bool NativeBeacon::verify(const crypto::GroupSignature& group) const {
  if (group.commitments.size() != CN_BEACON_COMMITMENTS) return false;
  return cn_beacon_verify(slice(group.commitments.first(CN_BEACON_KEY)), slice(group.message),
                          slice(group.signature)) == CN_OK;
}

std::size_t NativeBeacon::signature_bytes() const { return CN_BEACON_POINT; }

crypto::BeaconKey NativeBeacon::key_of(ByteView secret, ByteView context) const {
  crypto::BeaconKey out{Bytes(CN_BEACON_POINT), Bytes(CN_BEACON_PROOF)};
  cn_beacon_key(slice(secret), slice(context), out.key.data(), out.proof.data());
  return out;
}

// A recipient's key was checked when it was registered; those that genesis names were not, and a
// deal that leaves a holder of nonsense out is still good for the others.
crypto::BeaconDeal NativeBeacon::deal(ByteView secret, ByteView context,
                                      std::span<const crypto::BeaconRecipient> to) const {
  std::vector<cn_beacon_recipient> recipients;
  for (const auto& who : to) {
    recipients.push_back({slice(who.key), who.range.first, who.range.count});
  }
  crypto::BeaconDeal out{Bytes(CN_BEACON_COMMITMENTS), Bytes(CN_BEACON_POINT),
                         Bytes(CN_BEACON_PROOF), Bytes(CN_BEACON_DEAL_SHARES)};
  const auto deal_to = [&] {
    return cn_beacon_deal(slice(secret), slice(context), recipients.data(), recipients.size(),
                          out.commitments.data(), out.ephemeral.data(), out.proof.data(),
                          out.shares.data());
  };
  if (deal_to() == CN_OK) return out;
  std::erase_if(recipients, [&](const cn_beacon_recipient& who) {
    return cn_beacon_deal(slice(secret), slice(context), &who, 1, out.commitments.data(),
                          out.ephemeral.data(), out.proof.data(), out.shares.data()) != CN_OK;
  });
  CHECK(deal_to() == CN_OK, "recipients that were good alone are good together");
  return out;
}

std::optional<std::vector<crypto::SecretShare>> NativeBeacon::open(
    ByteView secret, const crypto::ContextDeal& deal, crypto::ShareRange range) const {
  Bytes scalars(std::size_t{CN_BEACON_SCALAR} * range.count);
  const auto borrowed = view(deal.deal, deal.context);
  if (cn_beacon_open(slice(secret), &borrowed, range.first, range.count, scalars.data()) != CN_OK) {
    return std::nullopt;
  }
  std::vector<crypto::SecretShare> out;
  for (std::uint32_t i = 0; i < range.count; ++i) {
    const auto* at = scalars.data() + std::size_t{CN_BEACON_SCALAR} * i;
    out.push_back({range.first + i, Bytes(at, at + CN_BEACON_SCALAR)});
  }
  return out;
}

crypto::BeaconOpening NativeBeacon::complain(ByteView secret,
                                             const crypto::ContextDeal& deal) const {
  crypto::BeaconOpening out{Bytes(CN_BEACON_POINT), Bytes(CN_BEACON_PROOF)};
  cn_beacon_complain(slice(secret), slice(deal.deal.ephemeral), slice(deal.context),
                     out.point.data(), out.proof.data());
  return out;
}

std::vector<crypto::SecretShare> NativeBeacon::sum(
    std::span<const std::vector<crypto::SecretShare>> parts) const {
  std::vector<crypto::SecretShare> out(parts.front());
  for (std::size_t p = 1; p < parts.size(); ++p) {
    CHECK(parts[p].size() == out.size(), "deals give the same shares to their holder");
    for (std::size_t i = 0; i < out.size(); ++i) {
      auto& scalar = out[i].scalar;
      const int rc =
          cn_beacon_add_scalars(scalar.data(), parts[p][i].scalar.data(), scalar.data());
      CHECK(rc == CN_OK, "opened shares are scalars");
    }
  }
  return out;
}

Bytes NativeBeacon::sign(const crypto::SecretShare& share, ByteView message) const {
  Bytes out(CN_BEACON_POINT);
  // A share is zero with probability 2^-255; it then has no signature, which nobody counts on.
  cn_beacon_sign(share.scalar.data(), slice(message), out.data());
  return out;
}

bool NativeBeacon::verify_partials(const crypto::PartialClaim& claim) const {
  const auto partials = borrow(claim.partials);
  return partials && cn_beacon_verify_partials(slice(claim.commitments), slice(claim.message),
                                               partials->data(), partials->size()) == CN_OK;
}

std::optional<Bytes> NativeBeacon::combine(
    std::span<const crypto::PartialSignature> partials) const {
  const auto borrowed = borrow(partials);
  Bytes out(CN_BEACON_POINT);
  if (!borrowed || cn_beacon_combine(borrowed->data(), borrowed->size(), out.data()) != CN_OK) {
    return std::nullopt;
  }
  return out;
}

}  // namespace cambium::engine
