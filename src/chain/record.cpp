#include "chain/record.hpp"

#include "schema/canonical.hpp"

namespace cambium::chain {
namespace {

constexpr std::uint8_t kAllDefaults = 0x00;  // protobuf has no field number 0

}  // namespace

Bytes encode_record(const google::protobuf::Message& record) {
  Bytes bytes = schema::encode(record);
  if (bytes.empty()) bytes.push_back(kAllDefaults);
  return bytes;
}

Status decode_record(ByteView value, google::protobuf::Message& record) {
  if (value.empty()) return fail(ErrorCode::invalid_input, "a state entry cannot be empty");
  if (value.size() == 1 && value[0] == kAllDefaults) {
    record.Clear();
    return {};
  }
  return schema::decode(value, record);
}

}  // namespace cambium::chain
