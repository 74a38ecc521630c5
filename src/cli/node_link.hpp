// The node that a command asks.
#pragma once

#include <stop_token>

#include "cli/invocation.hpp"
#include "client/chain_api.hpp"

namespace cambium::cli {

/// --node, else CAMBIUM_NODE, else the address of the node that runs on the home, else the one of
/// the home's settings.
Result<std::string> node_url(const Invocation& call);
/// A connection to it; nothing is sent yet.
Result<client::NodeApi> node_of(const Invocation& call, std::stop_token stop = {});

/// Where a running node leaves its address, so that commands on the same home find it.
std::filesystem::path address_file(const std::filesystem::path& home);

/// --chain, with the utility chain as its default.
std::string chain_of(const Invocation& call);
/// The option behind `chain_of`.
Flag chain_flag();

}  // namespace cambium::cli
