// Sending one message and telling what became of it.
#pragma once

#include "cli/node_link.hpp"
#include "cli/signer.hpp"
#include "client/messages.hpp"

namespace cambium::cli {

/// Signs with --from, sends on --chain, waits until it is final and prints the outcome.
Status send_message(Invocation& call, const client::MessageText& message);

/// An address as it is, or the address of a key of the home by its name.
Result<crypto::Address> address_or_key(Invocation& call, const std::string& text);

}  // namespace cambium::cli
