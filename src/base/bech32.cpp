#include "base/bech32.hpp"

#include <algorithm>
#include <array>
#include <cctype>

namespace cambium {
namespace {

constexpr std::string_view kAlphabet = "qpzry9x8gf2tvdw0s3jn54khce6mua7l";
constexpr std::size_t kChecksumSize = 6;

// What the five top bits add to the sum, for the generator of the BCH code of BIP-173 over GF(32).
constexpr std::array<std::uint32_t, 32> kFeedback = [] {
  constexpr std::array<std::uint32_t, 5> kGenerator = {0x3b6a57b2, 0x26508e6d, 0x1ea119fa,
                                                       0x3d4233dd, 0x2a1462b3};
  std::array<std::uint32_t, 32> out{};
  for (std::size_t top = 0; top < out.size(); ++top) {
    for (std::size_t i = 0; i < kGenerator.size(); ++i) {
      if (top >> i & 1) out[top] ^= kGenerator[i];
    }
  }
  return out;
}();

std::uint32_t polymod(const Bytes& values) {
  std::uint32_t sum = 1;
  for (auto v : values) sum = ((sum & 0x1ffffff) << 5 ^ v) ^ kFeedback[sum >> 25];
  return sum;
}

Bytes expand(std::string_view prefix) {
  Bytes out;
  for (char c : prefix) out.push_back(std::uint8_t(c) >> 5);
  out.push_back(0);
  for (char c : prefix) out.push_back(std::uint8_t(c) & 31);
  return out;
}

// Regroups bits; padding is zero and shorter than one input group.
std::optional<Bytes> regroup(ByteView in, int from, int to, bool pad) {
  Bytes out;
  std::uint32_t acc = 0;
  int bits = 0;
  for (auto v : in) {
    acc = acc << from | v;
    bits += from;
    while (bits >= to) {
      bits -= to;
      out.push_back(std::uint8_t(acc >> bits & ((1u << to) - 1)));
    }
    acc &= (1u << bits) - 1;
  }
  if (pad && bits > 0) out.push_back(std::uint8_t(acc << (to - bits) & ((1u << to) - 1)));
  if (!pad && (bits >= from || acc != 0)) return std::nullopt;
  return out;
}

}  // namespace

std::string to_bech32(std::string_view prefix, ByteView payload) {
  Bytes values = expand(prefix);
  const Bytes data = *regroup(payload, 8, 5, true);
  append(values, data);
  values.resize(values.size() + kChecksumSize);
  const std::uint32_t sum = polymod(values) ^ 1;
  std::string text = std::string(prefix) + '1';
  for (auto v : data) text.push_back(kAlphabet[v]);
  for (int i = 5; i >= 0; --i) text.push_back(kAlphabet[sum >> (5 * i) & 31]);
  return text;
}

std::optional<Bytes> from_bech32(std::string_view prefix, std::string_view text) {
  const bool has_upper = std::ranges::any_of(text, [](unsigned char c) { return std::isupper(c); });
  const bool has_lower = std::ranges::any_of(text, [](unsigned char c) { return std::islower(c); });
  if (has_upper && has_lower) return std::nullopt;
  std::string lower(text);
  std::ranges::transform(lower, lower.begin(), [](unsigned char c) { return std::tolower(c); });
  if (lower.size() < prefix.size() + 1 + kChecksumSize || !lower.starts_with(prefix) ||
      lower[prefix.size()] != '1') {
    return std::nullopt;
  }
  Bytes data;
  for (char c : std::string_view(lower).substr(prefix.size() + 1)) {
    const auto at = kAlphabet.find(c);
    if (at == std::string_view::npos) return std::nullopt;
    data.push_back(std::uint8_t(at));
  }
  Bytes values = expand(prefix);
  append(values, data);
  if (polymod(values) != 1) return std::nullopt;
  data.resize(data.size() - kChecksumSize);
  return regroup(data, 5, 8, false);
}

}  // namespace cambium
