// Messages as JSON, by their descriptors: the form people, pages and SDKs see.
//
// Field names as in the schema; 64-bit integers as decimal strings; 20-byte fields as cbm1...
// addresses, other bytes as lower-case hex; enums by value name; unset messages left out. The text
// is pure ASCII, so that it may be shown for signing.
#pragma once

#include <google/protobuf/message.h>

#include <string>
#include <string_view>

#include "base/result.hpp"

namespace cambium::schema {

std::string to_json(const google::protobuf::Message& message);

/// A JSON string literal, quotes included; what is not printable ASCII becomes \uXXXX.
std::string quote_json(std::string_view utf8);

/// Fills `message`, which is cleared first. `invalid_input` names the field that is wrong: an
/// unknown name, a number out of range, text that is neither an address nor hex.
Status from_json(std::string_view json, google::protobuf::Message& message);

}  // namespace cambium::schema
