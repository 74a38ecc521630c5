#include "schema/canonical.hpp"

#include <fmt/format.h>
#include <google/protobuf/io/coded_stream.h>
#include <google/protobuf/io/zero_copy_stream_impl_lite.h>
#include <google/protobuf/stubs/logging.h>

#include "base/check.hpp"

namespace cambium::schema {
namespace {

/// protobuf prints a line to stderr about some malformed bytes. Strangers send those, and every
/// caller already gets an error, so the library is told to be quiet.
[[maybe_unused]] const auto kQuiet = google::protobuf::SetLogHandler(nullptr);

/// Whether a field that the schema does not know lies in the message or in one within it.
bool knows_all(const google::protobuf::Message& message) {
  const auto* reflection = message.GetReflection();
  if (!reflection->GetUnknownFields(message).empty()) return false;
  const auto* type = message.GetDescriptor();
  for (int i = 0; i < type->field_count(); ++i) {
    const auto* field = type->field(i);
    if (field->cpp_type() != google::protobuf::FieldDescriptor::CPPTYPE_MESSAGE) continue;
    if (!field->is_repeated()) {
      if (reflection->HasField(message, field) &&
          !knows_all(reflection->GetMessage(message, field))) {
        return false;
      }
      continue;
    }
    for (int at = 0; at < reflection->FieldSize(message, field); ++at) {
      if (!knows_all(reflection->GetRepeatedMessage(message, field, at))) return false;
    }
  }
  return true;
}

}  // namespace

Bytes encode(const google::protobuf::Message& message) {
  Bytes out(message.ByteSizeLong());
  google::protobuf::io::ArrayOutputStream array(out.data(), int(out.size()));
  google::protobuf::io::CodedOutputStream stream(&array);
  stream.SetSerializationDeterministic(true);
  CHECK(message.SerializeToCodedStream(&stream) && !stream.HadError(),
        "a message always fits the size it announced");
  return out;
}

Status decode(ByteView bytes, google::protobuf::Message& message) {
  if (bytes.size() > INT32_MAX || !message.ParseFromArray(bytes.data(), int(bytes.size()))) {
    return fail(ErrorCode::invalid_input,
                fmt::format("{} bytes do not parse as {}; encode it with the published schema",
                            bytes.size(), message.GetTypeName()));
  }
  // Unknown fields survive a round trip in protobuf, so comparing alone would not show them.
  if (!knows_all(message) || !equal(encode(message), bytes)) {
    message.DiscardUnknownFields();
    return fail(ErrorCode::invalid_input,
                fmt::format("{} is not in canonical form: it has unknown fields, explicit defaults "
                            "or fields out of order",
                            message.GetTypeName()));
  }
  return {};
}

}  // namespace cambium::schema
