#include "base/amount.hpp"

#include <fmt/format.h>

namespace cambium {

std::optional<Amount> checked_add(Amount a, Amount b) {
  Amount sum;
  if (__builtin_add_overflow(a.ucbm, b.ucbm, &sum.ucbm)) return std::nullopt;
  return sum;
}

std::optional<Amount> checked_sub(Amount a, Amount b) {
  if (b > a) return std::nullopt;
  return Amount{a.ucbm - b.ucbm};
}

std::string to_text(Amount amount) {
  auto text = fmt::format("{}.{:06}", amount.ucbm / kUcbmPerCbm, amount.ucbm % kUcbmPerCbm);
  while (text.ends_with('0') && text[text.size() - 2] != '.') text.pop_back();
  return text + " CBM";
}

std::optional<std::uint64_t> mul_div(std::uint64_t a, std::uint64_t b, std::uint64_t c) {
  if (c == 0) return std::nullopt;
  const u128 quotient = u128(a) * b / c;
  if (quotient > UINT64_MAX) return std::nullopt;
  return std::uint64_t(quotient);
}

std::optional<Amount> scale(Amount amount, Ratio ratio) {
  const auto product = mul_div(amount.ucbm, ratio.nano, kNano);
  if (!product) return std::nullopt;
  return Amount{*product};
}

}  // namespace cambium
