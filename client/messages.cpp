#include "client/messages.hpp"

#include <fmt/format.h>

#include <utility>

#include "base/detail/nearest.hpp"
#include "schema/json.hpp"

namespace cambium::client {
namespace {

namespace proto = google::protobuf;

/// Where a message lies: Msg.<module>.<kind>.
struct Place {
  const proto::FieldDescriptor* module = nullptr;
  const proto::FieldDescriptor* kind = nullptr;
};

std::vector<Place> places() {
  std::vector<Place> out;
  const auto* modules = TxMsg::descriptor()->oneof_decl(0);
  for (int m = 0; m < modules->field_count(); ++m) {
    const auto* kinds = modules->field(m)->message_type()->oneof_decl(0);
    for (int k = 0; k < kinds->field_count(); ++k) {
      out.push_back({modules->field(m), kinds->field(k)});
    }
  }
  return out;
}

Result<Place> place_of(std::string_view name) {
  for (const auto& place : places()) {
    if (short_name(*place.kind->message_type()) == name) return place;
  }
  return fail(ErrorCode::not_found,
              fmt::format("There is no message `{}`; did you mean `{}`? `cambium tx types` lists "
                          "them all.", name, detail::nearest(name, message_names())));
}

const proto::Message* chosen(const proto::Message& message) {
  const auto* choice = message.GetDescriptor()->oneof_decl(0);
  const auto* field = message.GetReflection()->GetOneofFieldDescriptor(message, choice);
  return field == nullptr ? nullptr : &message.GetReflection()->GetMessage(message, field);
}

}  // namespace

std::string short_name(const proto::Descriptor& descriptor) {
  const std::string& full = descriptor.full_name();  // cambium.<module>.v<n>.<Message>
  const auto module = full.find('.') + 1;
  return full.substr(module, full.find('.', module) - module) + "." + descriptor.name();
}

std::vector<std::string> message_names() {
  std::vector<std::string> out;
  for (const auto& place : places()) out.push_back(short_name(*place.kind->message_type()));
  return out;
}

Result<std::vector<MessageField>> message_fields(std::string_view name) {
  TRY(const auto place, place_of(name));
  std::vector<MessageField> out;
  const auto* type = place.kind->message_type();
  for (int i = 0; i < type->field_count(); ++i) {
    const auto* field = type->field(i);
    std::string text = field->is_repeated() ? "repeated " : "";
    text += field->message_type() != nullptr ? field->message_type()->full_name()
                                             : std::string(field->type_name());
    out.push_back({field->name(), std::move(text)});
  }
  return out;
}

Result<TxMsg> make_message(const MessageText& text, std::string_view sender) {
  TRY(const auto place, place_of(text.short_name));
  TxMsg out;
  auto* module = out.GetReflection()->MutableMessage(&out, place.module);
  auto* message = module->GetReflection()->MutableMessage(module, place.kind);
  TRY_STATUS(schema::from_json(text.fields_json, *message));
  const auto* first = message->GetDescriptor()->FindFieldByNumber(1);
  const bool takes_sender = first != nullptr && !first->is_repeated() &&
                            first->type() == proto::FieldDescriptor::TYPE_BYTES &&
                            message->GetReflection()->GetString(*message, first).empty();
  if (takes_sender) message->GetReflection()->SetString(message, first, std::string(sender));
  return out;
}

const proto::Message* chosen_message(const TxMsg& msg) {
  const auto* module = chosen(msg);
  return module == nullptr ? nullptr : chosen(*module);
}

proto::Message* chosen_message(TxMsg& msg) {
  return const_cast<proto::Message*>(chosen_message(std::as_const(msg)));
}

Result<const proto::Descriptor*> message_type(std::string_view name) {
  TRY(const auto place, place_of(name));
  return place.kind->message_type();
}

}  // namespace cambium::client
