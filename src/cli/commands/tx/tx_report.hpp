// Sending one message and telling what became of it; or printing it instead.
#pragma once

#include "cli/node_link.hpp"
#include "cli/signer.hpp"
#include "client/messages.hpp"

namespace cambium::cli {

/// --from, --chain, --memo, --message-for: what every verb that sends a message takes.
std::vector<Flag> sending_flags();

/// Runs a command by its `build`: signs with --from, sends on --chain, waits until it is final and
/// prints the outcome. With --message-for the message is printed as that account would send it, in
/// the form in which proposals store it, and nothing is sent.
Status send_built(Invocation& call);

/// An address as it is, or the address of a key of the home by its name.
Result<crypto::Address> address_or_key(Invocation& call, const std::string& text);

}  // namespace cambium::cli
