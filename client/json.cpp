#include "client/json.hpp"

#include <array>
#include <charconv>
#include <optional>

namespace cambium::client {
namespace {

constexpr std::string_view kDigits =
    "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";

template <class T>
T number_in(const std::string& text) {
  T value{};
  const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), value);
  return error == std::errc() && end == text.data() + text.size() ? value : T{};
}

}  // namespace

const Json& child_at(const Json& object, const char* key) {
  static const Json kNothing;
  if (!object.is_object()) return kNothing;
  const auto found = object.find(key);
  return found == object.end() ? kNothing : *found;
}

std::string text_at(const Json& object, const char* key) {
  const Json& value = child_at(object, key);
  if (value.is_string()) return value.get<std::string>();
  return value.is_null() ? "" : value.dump();
}

std::uint64_t whole_at(const Json& object, const char* key) {
  const Json& value = child_at(object, key);
  if (value.is_number_unsigned()) return value.get<std::uint64_t>();
  return value.is_string() ? number_in<std::uint64_t>(value.get<std::string>()) : 0;
}

double real_at(const Json& object, const char* key) {
  const Json& value = child_at(object, key);
  if (value.is_number()) return value.get<double>();
  return value.is_string() ? number_in<double>(value.get<std::string>()) : 0;
}

Result<Json> parse_json(std::string_view text) {
  Json value = Json::parse(text, nullptr, false);
  if (!value.is_discarded()) return value;
  return fail(ErrorCode::corrupt, "The answer is not JSON; is this the address of a node?");
}

std::string to_base64(ByteView bytes) {
  std::string out;
  for (std::size_t i = 0; i < bytes.size(); i += 3) {
    const std::size_t left = std::min<std::size_t>(3, bytes.size() - i);
    std::uint32_t word = 0;
    for (std::size_t j = 0; j < 3; ++j) word = word << 8 | (j < left ? bytes[i + j] : 0u);
    for (std::size_t j = 0; j < 4; ++j) {
      out += j <= left ? kDigits[word >> (18 - 6 * j) & 63] : '=';
    }
  }
  return out;
}

std::optional<Bytes> from_base64(std::string_view text) {
  if (text.size() % 4 != 0) return std::nullopt;
  const std::size_t padding = text.ends_with("==") ? 2 : text.ends_with('=') ? 1 : 0;
  Bytes out;
  std::uint32_t word = 0;
  for (std::size_t i = 0; i < text.size() - padding; ++i) {
    const auto digit = kDigits.find(text[i]);
    if (digit == std::string_view::npos) return std::nullopt;
    word = word << 6 | static_cast<std::uint32_t>(digit);
    if (i % 4 == 0) continue;
    const std::size_t spare = 6 - 2 * (i % 4);  // bits of `word` that belong to the next byte
    out.push_back(static_cast<std::uint8_t>(word >> spare));
  }
  return to_base64(out) == text ? std::optional(out) : std::nullopt;
}

}  // namespace cambium::client
