// Chain messages by their short names ("bank.Send"), from the descriptors alone.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "base/result.hpp"
#include "cambium/tx/v1/tx.pb.h"

namespace cambium::client {

using TxMsg = cambium::tx::v1::Msg;

/// "bank.Send" for cambium.bank.v1.Send.
std::string short_name(const google::protobuf::Descriptor& descriptor);

/// Every message that a transaction may carry, in order of modules.
std::vector<std::string> message_names();

/// One field of a message, for help.
struct MessageField {
  std::string name;
  std::string type;  // "uint64", "bytes", "repeated string", "cambium.models.v1.Header"
};
/// `not_found` names the closest message.
Result<std::vector<MessageField>> message_fields(std::string_view short_name);

/// The message with these fields; a sender that is left out becomes `sender` (20 bytes).
struct MessageText {
  std::string_view short_name;
  std::string_view fields_json;
};
Result<TxMsg> make_message(const MessageText& text, std::string_view sender);

/// The message inside the two choices; null when none is chosen.
const google::protobuf::Message* chosen_message(const TxMsg& msg);
google::protobuf::Message* chosen_message(TxMsg& msg);

/// What the message of that short name looks like; `not_found` names the closest.
Result<const google::protobuf::Descriptor*> message_type(std::string_view short_name);

}  // namespace cambium::client
