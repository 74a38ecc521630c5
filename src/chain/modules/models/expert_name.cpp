#include "chain/modules/models/expert_name.hpp"

#include <algorithm>
#include <charconv>

namespace cambium::chain::models {
namespace {

// Takes a decimal number without leading zeros off the front of `text`.
std::optional<std::uint32_t> take_number(std::string_view& text) {
  std::uint32_t value = 0;
  const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), value);
  const auto digits = std::size_t(end - text.data());
  if (error != std::errc{} || (text[0] == '0' && digits > 1)) return std::nullopt;
  text.remove_prefix(digits);
  return value;
}

bool take_word(std::string_view& text, std::string_view word) {
  if (!text.starts_with(word)) return false;
  text.remove_prefix(word.size());
  return true;
}

}  // namespace

std::string ExpertName::text() const {
  return "layer" + std::to_string(layer) + ".expert" + std::to_string(expert);
}

std::optional<ExpertName> ExpertName::parse(std::string_view text) {
  if (!take_word(text, "layer")) return std::nullopt;
  const auto layer = take_number(text);
  if (!layer || !take_word(text, ".expert")) return std::nullopt;
  const auto expert = take_number(text);
  if (!expert || !text.empty()) return std::nullopt;
  return ExpertName{*layer, *expert};
}

bool well_named(std::string_view text) {
  const auto allowed = [](char c) {
    return (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9') || c == '.' || c == '_' || c == '-';
  };
  return !text.empty() && text.size() <= 64 && std::ranges::all_of(text, allowed);
}

std::string sort_key(std::string_view name) {
  // Numbers are prefixed with their length, so that expert10 comes after expert9.
  std::string key;
  for (std::size_t i = 0; i < name.size();) {
    std::size_t end = i;
    while (end < name.size() && name[end] >= '0' && name[end] <= '9') ++end;
    if (end > i) {
      key += char('0' + std::min<std::size_t>(end - i, 9));
      key += name.substr(i, end - i);
      i = end;
    } else {
      key += name[i++];
    }
  }
  return key;
}

}  // namespace cambium::chain::models
