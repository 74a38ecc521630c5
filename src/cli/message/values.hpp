// From what a person wrote to a field of a message.
#pragma once

#include "cli/invocation.hpp"
#include "cli/message/fields.hpp"
#include "crypto/keys.hpp"

namespace cambium::cli {

/// Sets the field from text, or adds to a repeated one; `invalid_input` names the field and what
/// it takes. Names of keys and validators are looked up.
Status put_text(Invocation& call, google::protobuf::Message& message, const Leaf& leaf,
                const std::string& text);

/// An address as it is, a key of the home, "governance", "treasury", or a validator by its name.
Result<crypto::Address> account_named(Invocation& call, const std::string& text);

/// Lists of accounts in the order in which the chain wants them: ascending.
void put_in_order(google::protobuf::Message& message);

}  // namespace cambium::cli
