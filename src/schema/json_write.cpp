#include <fmt/format.h>

#include "base/bech32.hpp"
#include "base/check.hpp"
#include "base/hex.hpp"
#include "schema/json.hpp"

namespace cambium::schema {
namespace {

using google::protobuf::FieldDescriptor;
using google::protobuf::Message;

std::string bytes_text(const std::string& bytes) {
  return bytes.size() == 20 ? to_bech32("cbm", as_bytes(bytes)) : to_hex(as_bytes(bytes));
}

void write_message(std::string& out, const Message& message);

/// One value of a singular (`index` < 0) or repeated field.
void write_value(std::string& out, const Message& m, const FieldDescriptor* f, int index) {
  const auto* r = m.GetReflection();
  const auto pick = [&](auto single, auto repeated) {
    return index < 0 ? (r->*single)(m, f) : (r->*repeated)(m, f, index);
  };
  using R = google::protobuf::Reflection;
  switch (f->cpp_type()) {
    case FieldDescriptor::CPPTYPE_INT32:
      out += fmt::format("{}", pick(&R::GetInt32, &R::GetRepeatedInt32));
      break;
    case FieldDescriptor::CPPTYPE_UINT32:
      out += fmt::format("{}", pick(&R::GetUInt32, &R::GetRepeatedUInt32));
      break;
    case FieldDescriptor::CPPTYPE_INT64:
      out += fmt::format("\"{}\"", pick(&R::GetInt64, &R::GetRepeatedInt64));
      break;
    case FieldDescriptor::CPPTYPE_UINT64:
      out += fmt::format("\"{}\"", pick(&R::GetUInt64, &R::GetRepeatedUInt64));
      break;
    case FieldDescriptor::CPPTYPE_BOOL:
      out += pick(&R::GetBool, &R::GetRepeatedBool) ? "true" : "false";
      break;
    case FieldDescriptor::CPPTYPE_ENUM: {
      const int number = pick(&R::GetEnumValue, &R::GetRepeatedEnumValue);
      const auto* value = f->enum_type()->FindValueByNumber(number);
      out += value ? fmt::format("\"{}\"", value->name()) : fmt::format("{}", number);
      break;
    }
    case FieldDescriptor::CPPTYPE_STRING: {
      const std::string text = pick(&R::GetString, &R::GetRepeatedString);
      const bool is_bytes = f->type() == FieldDescriptor::TYPE_BYTES;
      out += quote_json(is_bytes ? bytes_text(text) : text);
      break;
    }
    case FieldDescriptor::CPPTYPE_MESSAGE:
      write_message(out, index < 0 ? r->GetMessage(m, f) : r->GetRepeatedMessage(m, f, index));
      break;
    default:
      CHECK(false, "signed and stored records have no floating-point fields");
  }
}

void write_field(std::string& out, const Message& message, const FieldDescriptor* field) {
  const auto* reflection = message.GetReflection();
  if (out.back() != '{') out += ',';
  out += '"' + field->name() + "\":";
  if (!field->is_repeated()) return write_value(out, message, field, -1);
  out += '[';
  for (int i = 0; i < reflection->FieldSize(message, field); ++i) {
    if (i > 0) out += ',';
    write_value(out, message, field, i);
  }
  out += ']';
}

void write_message(std::string& out, const Message& message) {
  const auto* descriptor = message.GetDescriptor();
  out += '{';
  for (int i = 0; i < descriptor->field_count(); ++i) {
    const auto* field = descriptor->field(i);
    const bool optional = field->has_presence();
    if (optional && !message.GetReflection()->HasField(message, field)) continue;
    write_field(out, message, field);
  }
  out += '}';
}

/// The code point at the front of valid UTF-8; `size` becomes its length in bytes.
std::uint32_t code_point(std::string_view utf8, std::size_t& size) {
  const auto byte = [&](std::size_t i) -> std::uint32_t {
    return i < utf8.size() ? static_cast<unsigned char>(utf8[i]) & 0x3fu : 0u;
  };
  const auto first = static_cast<unsigned char>(utf8[0]);
  if (first >= 0xf0) {
    size = 4;
    return (first & 7u) << 18 | byte(1) << 12 | byte(2) << 6 | byte(3);
  }
  if (first >= 0xe0) {
    size = 3;
    return (first & 15u) << 12 | byte(1) << 6 | byte(2);
  }
  size = first >= 0xc0 ? 2 : 1;
  return first >= 0xc0 ? (first & 31u) << 6 | byte(1) : first;
}

}  // namespace

std::string quote_json(std::string_view utf8) {
  std::string out = "\"";
  while (!utf8.empty()) {
    std::size_t size = 1;
    const std::uint32_t c = code_point(utf8, size);
    if (c == '"' || c == '\\') {
      out += {'\\', static_cast<char>(c)};
    } else if (c >= 0x20 && c < 0x7f) {
      out += static_cast<char>(c);
    } else if (c >= 0x10000) {
      out += fmt::format("\\u{:04x}\\u{:04x}", 0xd800 + ((c - 0x10000) >> 10),
                         0xdc00 + ((c - 0x10000) & 0x3ff));
    } else {
      out += fmt::format("\\u{:04x}", c);
    }
    utf8.remove_prefix(std::min(size, utf8.size()));
  }
  return out + '"';
}

std::string to_json(const Message& message) {
  std::string out;
  write_message(out, message);
  return out;
}

}  // namespace cambium::schema
