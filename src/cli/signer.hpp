// Keys of the home, opened with a passphrase where they need one.
#pragma once

#include "cli/invocation.hpp"
#include "node/keystore.hpp"

namespace cambium::cli {

/// The keystore of the home, with CAMBIUM_PASSPHRASE when it is set. Works beside a running node.
Result<node::Keystore> keys_of(const Invocation& call);
/// The same with this passphrase.
Result<node::Keystore> keys_with(const Invocation& call, std::optional<std::string> passphrase);

/// A key by name; asks for the passphrase on the terminal when it is encrypted and none is set.
Result<node::KeyPtr> key_named(Invocation& call, const std::string& name);

/// Reads a line from the terminal without showing it; `unavailable` when there is no terminal.
Result<std::string> ask_secret(const std::string& prompt);

/// --from, whose default is the demo key.
Flag from_flag();
Result<node::KeyPtr> signer_of(Invocation& call);

}  // namespace cambium::cli
