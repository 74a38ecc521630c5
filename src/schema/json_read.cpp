#include <fmt/format.h>

#include <charconv>

#include "base/bech32.hpp"
#include "base/hex.hpp"
#include "schema/field_put.hpp"
#include "schema/json.hpp"
#include "schema/json_reader.hpp"

namespace cambium::schema {
namespace {

using google::protobuf::FieldDescriptor;
using google::protobuf::Message;
using google::protobuf::Reflection;

constexpr int kMaxDepth = 32;

Status read_message(JsonReader& in, Message& message, int depth);

tl::unexpected<Error> wrong(const FieldDescriptor* field, std::string_view what) {
  return fail(ErrorCode::invalid_input, fmt::format("{}: {}", field->full_name(), what));
}

/// An integer as a JSON number or as a decimal string.
template <class T>
Result<T> read_integer(JsonReader& in, const FieldDescriptor* field) {
  TRY(const std::string text, in.peek() == '"' ? in.string() : in.word());
  T value{};
  const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), value);
  if (error != std::errc{} || end != text.data() + text.size()) {
    return wrong(field, fmt::format("\"{}\" is not a whole number in its range", text));
  }
  return value;
}

Result<bool> read_bool(JsonReader& in, const FieldDescriptor* field) {
  TRY(const std::string text, in.word());
  if (text != "true" && text != "false") return wrong(field, "expected true or false");
  return text == "true";
}

Result<std::string> read_string(JsonReader& in, const FieldDescriptor* field) {
  TRY(const std::string text, in.string());
  if (field->type() != FieldDescriptor::TYPE_BYTES) return text;
  if (const auto address = from_bech32("cbm", text)) return to_string(*address);
  const bool prefixed = text.size() >= 2 && text[0] == '0' && text[1] == 'x';
  const auto bytes = from_hex(std::string_view(text).substr(prefixed ? 2 : 0));
  if (!bytes) return wrong(field, "expected an address (cbm1...) or hexadecimal digits");
  return to_string(*bytes);
}

/// A value's name; or its number, which is how a value newer than this program is written.
Result<int> read_enum(JsonReader& in, const FieldDescriptor* field) {
  if (in.peek() != '"') return read_integer<std::int32_t>(in, field);
  TRY(const std::string text, in.string());
  const auto* value = field->enum_type()->FindValueByName(text);
  if (value == nullptr) return wrong(field, fmt::format("there is no value \"{}\"", text));
  return value->number();
}

/// Sets a singular field or adds to a repeated one.
Status read_value(JsonReader& in, Message& m, const FieldDescriptor* f, int depth) {
  const auto* r = m.GetReflection();
  const FieldPut put(m, *f);
  using R = Reflection;
  switch (f->cpp_type()) {
    case FieldDescriptor::CPPTYPE_INT32: {
      TRY(const auto value, read_integer<std::int32_t>(in, f));
      put(&R::SetInt32, &R::AddInt32, value);
      break;
    }
    case FieldDescriptor::CPPTYPE_UINT32: {
      TRY(const auto value, read_integer<std::uint32_t>(in, f));
      put(&R::SetUInt32, &R::AddUInt32, value);
      break;
    }
    case FieldDescriptor::CPPTYPE_INT64: {
      TRY(const auto value, read_integer<std::int64_t>(in, f));
      put(&R::SetInt64, &R::AddInt64, value);
      break;
    }
    case FieldDescriptor::CPPTYPE_UINT64: {
      TRY(const auto value, read_integer<std::uint64_t>(in, f));
      put(&R::SetUInt64, &R::AddUInt64, value);
      break;
    }
    case FieldDescriptor::CPPTYPE_BOOL: {
      TRY(const auto value, read_bool(in, f));
      put(&R::SetBool, &R::AddBool, value);
      break;
    }
    case FieldDescriptor::CPPTYPE_ENUM: {
      TRY(const auto value, read_enum(in, f));
      put(&R::SetEnumValue, &R::AddEnumValue, value);
      break;
    }
    case FieldDescriptor::CPPTYPE_STRING: {
      TRY(auto value, read_string(in, f));
      put(&R::SetString, &R::AddString, std::move(value));
      break;
    }
    case FieldDescriptor::CPPTYPE_MESSAGE:
      return read_message(in, f->is_repeated() ? *r->AddMessage(&m, f) : *r->MutableMessage(&m, f),
                          depth + 1);
    default:
      return wrong(f, "fields of this type are not read from JSON");
  }
  return {};
}

Status read_field(JsonReader& in, Message& message, int depth) {
  TRY(const std::string name, in.string());
  TRY_STATUS(in.expect(':'));
  const auto* descriptor = message.GetDescriptor();
  const auto* field = descriptor->FindFieldByName(name);
  if (field == nullptr) {
    return fail(ErrorCode::invalid_input,
                fmt::format("{} has no field \"{}\"; check its spelling in the schema",
                            descriptor->full_name(), name));
  }
  if (!field->is_repeated()) return read_value(in, message, field, depth);
  TRY_STATUS(in.expect('['));
  if (in.take(']')) return {};
  do {
    TRY_STATUS(read_value(in, message, field, depth));
  } while (in.take(','));
  return in.expect(']');
}

Status read_message(JsonReader& in, Message& message, int depth) {
  if (depth > kMaxDepth) return in.error("messages nested more than 32 levels deep");
  TRY_STATUS(in.expect('{'));
  if (in.take('}')) return {};
  do {
    TRY_STATUS(read_field(in, message, depth));
  } while (in.take(','));
  return in.expect('}');
}

}  // namespace

Status from_json(std::string_view json, Message& message) {
  message.Clear();
  JsonReader in(json);
  TRY_STATUS(read_message(in, message, 0));
  return in.end();
}

}  // namespace cambium::schema
