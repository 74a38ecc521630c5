#include "cli/amount.hpp"

#include <fmt/format.h>

#include <charconv>

namespace cambium::cli {
namespace {

constexpr std::size_t kDecimals = 6;
constexpr std::string_view kUnit = "ucbm";

std::optional<std::uint64_t> whole(std::string_view text) {
  std::uint64_t value = 0;
  const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), value);
  if (error != std::errc() || end != text.data() + text.size()) return std::nullopt;
  return value;
}

}  // namespace

Result<Amount> parse_amount(std::string_view text) {
  const auto wrong = fail(ErrorCode::invalid_input,
                          fmt::format("`{}` is no amount; write CBM with at most six decimals "
                                      "(12.5) or base units (12500000ucbm).", text));
  if (text.ends_with(kUnit)) {
    const auto units = whole(text.substr(0, text.size() - kUnit.size()));
    return units ? Result<Amount>(Amount{*units}) : wrong;
  }
  const auto dot = text.find('.');
  std::string decimals(dot == std::string_view::npos ? "" : text.substr(dot + 1));
  if (decimals.size() > kDecimals || text.ends_with('.')) return wrong;
  decimals.resize(kDecimals, '0');
  const auto cbm_part = whole(text.substr(0, dot));
  const auto rest = whole(decimals);
  if (!cbm_part || !rest || *cbm_part > UINT64_MAX / kUcbmPerCbm - 1) return wrong;
  return Amount{*cbm_part * kUcbmPerCbm + *rest};
}

}  // namespace cambium::cli
