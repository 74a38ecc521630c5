#include "chain/record.hpp"

#include "schema/canonical.hpp"

namespace cambium::chain {
namespace {

constexpr std::uint8_t kAllDefaults = 0x00;  // protobuf has no field number 0

bool is_all_defaults(ByteView value) { return value.size() == 1 && value[0] == kAllDefaults; }

}  // namespace

Bytes encode_record(const google::protobuf::Message& record) {
  Bytes bytes = schema::encode(record);
  if (bytes.empty()) bytes.push_back(kAllDefaults);
  return bytes;
}

Status decode_record(ByteView value, google::protobuf::Message& record) {
  if (value.empty()) return fail(ErrorCode::invalid_input, "a state entry cannot be empty");
  if (is_all_defaults(value)) {
    record.Clear();
    return {};
  }
  return schema::decode(value, record);
}

Status read_record(ByteView value, google::protobuf::Message& record) {
  if (is_all_defaults(value)) {
    record.Clear();
    return {};
  }
  if (!value.empty() && record.ParseFromArray(value.data(), static_cast<int>(value.size()))) {
    return {};
  }
  return fail(ErrorCode::corrupt, "a state entry does not parse as " + record.GetTypeName());
}

}  // namespace cambium::chain
