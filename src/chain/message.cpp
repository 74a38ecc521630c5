#include "chain/message.hpp"

namespace cambium::chain {

std::string short_name(const google::protobuf::Descriptor& descriptor) {
  // "cambium.<module>.v<n>.<Message>": the package is the path of the file.
  const std::string& full = descriptor.full_name();
  const std::size_t module = full.find('.') + 1;
  const std::size_t version = full.find('.', module);
  return full.substr(module, version - module) + "." + descriptor.name();
}

std::string sender_field(const ProtoMessage& message) {
  const auto* field = message.GetDescriptor()->FindFieldByNumber(1);
  if (field == nullptr || field->is_repeated() ||
      field->type() != google::protobuf::FieldDescriptor::TYPE_BYTES) {
    return {};
  }
  return message.GetReflection()->GetString(message, field);
}

}  // namespace cambium::chain
