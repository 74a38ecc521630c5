// Commands that show something of one account.
#pragma once

#include "cli/node_link.hpp"

namespace cambium::cli {

/// [account]: an address, a key or a validator's name; the key `demo` when it is left out.
Argument account_argument();

/// The answer of GET <path><address> on --chain.
Result<Json> about_account(Invocation& call, const std::string& path);

/// The account that was named.
Result<std::string> account_text(Invocation& call);

}  // namespace cambium::cli
