// JSON as replies carry it, and forgiving access to its fields.
#pragma once

#include <nlohmann/json.hpp>
#include <string>

#include "base/bytes.hpp"
#include "base/result.hpp"

namespace cambium::client {

using Json = nlohmann::ordered_json;

/// The text of a field: strings as they are, numbers in decimal, empty when it is absent.
std::string text_at(const Json& object, const char* key);
/// A whole number, also when it travels as a decimal string; 0 when it is absent or no number.
std::uint64_t whole_at(const Json& object, const char* key);
double real_at(const Json& object, const char* key);
/// The object or array under a key; null when it is absent.
const Json& child_at(const Json& object, const char* key);

/// `corrupt` when a node answers with something else than JSON.
Result<Json> parse_json(std::string_view text);

std::string to_base64(ByteView bytes);
/// Nothing when the text is not canonical padded base64.
std::optional<Bytes> from_base64(std::string_view text);

}  // namespace cambium::client
