// Money in base units and fixed-point ratios, with arithmetic that cannot wrap unseen.
#pragma once

#include <compare>
#include <cstdint>
#include <optional>
#include <string>

namespace cambium {

__extension__ using u128 = unsigned __int128;

/// An amount of CBM in base units (ucbm = 10^-6 CBM).
struct Amount {
  std::uint64_t ucbm = 0;
  auto operator<=>(const Amount&) const = default;
};

inline constexpr std::uint64_t kUcbmPerCbm = 1'000'000;
constexpr Amount cbm(std::uint64_t whole) { return {whole * kUcbmPerCbm}; }

/// Nothing on overflow or underflow; callers turn that into a status, never into a wrapped value.
std::optional<Amount> checked_add(Amount a, Amount b);
std::optional<Amount> checked_sub(Amount a, Amount b);

/// "12.345678 CBM": exact, without trailing zeros beyond the first decimal.
std::string to_text(Amount amount);

/// A ratio in units of 10^-9. Products floor, so that the remainder stays with its source.
struct Ratio {
  std::uint64_t nano = 0;
  auto operator<=>(const Ratio&) const = default;
};

inline constexpr std::uint64_t kNano = 1'000'000'000;
constexpr Ratio percent(std::uint64_t whole) { return {whole * (kNano / 100)}; }

/// floor(amount * ratio); nothing when the product exceeds 64 bits.
std::optional<Amount> scale(Amount amount, Ratio ratio);
/// floor(a * b / c) in 128 bits; nothing when c is zero or the quotient exceeds 64 bits.
std::optional<std::uint64_t> mul_div(std::uint64_t a, std::uint64_t b, std::uint64_t c);

}  // namespace cambium
