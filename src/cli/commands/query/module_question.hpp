// A module's answer without the envelope that proofs travel in.
#pragma once

#include "cli/node_link.hpp"

namespace cambium::cli {

/// The reply message as JSON, asked of --chain.
Result<Json> ask_module(const Invocation& call, const client::ChainApi::Question& question,
                        const client::Arguments& arguments);

}  // namespace cambium::cli
