#include "cli/message/stored_text.hpp"

#include "base/hex.hpp"
#include "client/messages.hpp"
#include "schema/canonical.hpp"
#include "schema/json.hpp"

namespace cambium::cli {

Json stored_message(const std::string& hex) {
  const auto bytes = from_hex(hex);
  client::TxMsg msg;
  if (!bytes || !schema::decode(*bytes, msg)) return hex;
  const auto* message = client::chosen_message(std::as_const(msg));
  if (message == nullptr) return hex;
  return {{"type", client::short_name(*message->GetDescriptor())},
          {"fields", Json::parse(schema::to_json(*message), nullptr, false)}};
}

void decode_stored(Json& object, const char* field) {
  const auto found = object.find(field);
  if (found == object.end() || !found->is_string()) return;
  const auto hex = found->get<std::string>();
  if (!hex.empty()) *found = stored_message(hex);
}

}  // namespace cambium::cli
