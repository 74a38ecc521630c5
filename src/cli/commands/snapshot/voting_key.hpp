// Which key votes for a chain that comes under CometBFT.
#pragma once

#include "cli/invocation.hpp"
#include "node/home.hpp"

namespace cambium::cli {

/// Puts a key that the chain's stake names where CometBFT looks for it, if the home has one: an
/// embedded chain's first validator is its operator, with the operator's key. Says in a sentence
/// which key votes, or that none does; empty for a chain without stake.
Result<std::string> settle_voting_key(Invocation& call, const node::HomePaths& paths,
                                      const std::string& alias);

}  // namespace cambium::cli
