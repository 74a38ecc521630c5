#include "cli/message/units.hpp"

#include <fmt/format.h>

#include <charconv>
#include <chrono>
#include <optional>
#include <string>

namespace cambium::cli {
namespace {

constexpr std::int64_t kSecondMs = 1'000;
constexpr std::int64_t kMostMs = INT64_MAX / 2;
constexpr std::size_t kShareDecimals = 9;
constexpr std::pair<std::string_view, std::int64_t> kUnits[] = {
    {"ms", 1},
    {"d", 86'400 * kSecondMs},
    {"h", 3'600 * kSecondMs},
    {"m", 60 * kSecondMs},
    {"s", kSecondMs}};

std::optional<std::int64_t> digits(std::string_view& text) {
  std::int64_t value = 0;
  const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), value);
  if (error != std::errc() || end == text.data() || text.front() == '-') return std::nullopt;
  text.remove_prefix(static_cast<std::size_t>(end - text.data()));
  return value;
}

/// "2h30m"; digits alone are milliseconds.
std::optional<std::int64_t> span_ms(std::string_view text) {
  if (text.empty()) return std::nullopt;
  std::int64_t sum = 0;
  for (bool first = true; !text.empty(); first = false) {
    const auto count = digits(text);
    if (!count) return std::nullopt;
    if (text.empty()) return first ? count : std::nullopt;
    std::int64_t unit = 0;
    for (const auto& [name, ms] : kUnits) {
      if (unit != 0 || !text.starts_with(name)) continue;
      unit = ms;
      text.remove_prefix(name.size());
    }
    if (unit == 0 || *count > (kMostMs - sum) / unit) return std::nullopt;
    sum += *count * unit;
  }
  return sum;
}

/// A separator, then a number of exactly so many digits.
std::optional<int> part(std::string_view& text, char before, std::size_t length) {
  if (before != '\0') {
    if (text.empty() || text.front() != before) return std::nullopt;
    text.remove_prefix(1);
  }
  std::string_view head = text.substr(0, length);
  const auto value = digits(head);
  if (!value || !head.empty() || text.size() < length) return std::nullopt;
  text.remove_prefix(length);
  return static_cast<int>(*value);
}

std::optional<std::int64_t> moment_ms(std::string_view text) {
  const auto year = part(text, '\0', 4);
  const auto month = part(text, '-', 2);
  const auto day = part(text, '-', 2);
  if (!year || !month || !day) return std::nullopt;
  const std::chrono::year_month_day date(std::chrono::year(*year),
                                         std::chrono::month(static_cast<unsigned>(*month)),
                                         std::chrono::day(static_cast<unsigned>(*day)));
  if (!date.ok()) return std::nullopt;
  std::int64_t minutes = 0;
  if (text.starts_with('T')) {
    const auto hour = part(text, 'T', 2);
    const auto minute = part(text, ':', 2);
    if (!hour || !minute || *hour > 23 || *minute > 59) return std::nullopt;
    minutes = *hour * 60 + *minute;
  }
  if (!text.empty() && text != "Z") return std::nullopt;
  const auto days = std::chrono::sys_days(date).time_since_epoch().count();
  return (std::int64_t{days} * 1'440 + minutes) * 60 * kSecondMs;
}

}  // namespace

Result<std::int64_t> parse_time_ms(std::string_view text, const Clock& clock) {
  if (text.starts_with('+')) {
    if (const auto span = span_ms(text.substr(1))) return clock.now().value + *span;
  } else if (const auto span = span_ms(text)) {
    return *span;
  } else if (const auto moment = moment_ms(text)) {
    return *moment;
  }
  return fail(ErrorCode::invalid_input,
              fmt::format("`{}` is no time; write a span (21d, 2h30m, 90s), a span from now (+3d) "
                          "or a date (2026-12-24, 2026-12-24T18:30Z).", text));
}

Result<std::uint64_t> parse_share_nano(std::string_view text) {
  const auto wrong = fail(ErrorCode::invalid_input,
                          fmt::format("`{}` is no share; write 5%, 0.5% or 0.05.", text));
  std::string_view number = text;
  const bool percent = number.ends_with('%');
  if (percent) number.remove_suffix(1);
  const auto dot = number.find('.');
  std::string decimals(dot == std::string_view::npos ? "" : number.substr(dot + 1));
  const std::size_t places = percent ? kShareDecimals - 2 : kShareDecimals;
  const bool has_whole = dot != 0 && !number.empty();
  if (!has_whole || decimals.size() > places || number.ends_with('.')) return wrong;
  decimals.resize(places, '0');
  std::string all = std::string(number.substr(0, dot)) + decimals;
  std::string_view rest = all;
  const auto nano = digits(rest);
  if (!nano || !rest.empty()) return wrong;
  return static_cast<std::uint64_t>(*nano);
}

}  // namespace cambium::cli
