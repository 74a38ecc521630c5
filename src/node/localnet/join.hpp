// A new node of a network that already runs: its home and settings, so that it takes over the
// newest snapshot instead of executing every block since genesis.
#pragma once

#include <filesystem>
#include <string>
#include <vector>

#include "base/random.hpp"
#include "base/result.hpp"

namespace cambium::node {

struct JoinPlan {
  std::filesystem::path home;
  std::filesystem::path genesis;     // the network's genesis.json
  std::vector<std::string> servers;  // "HOST:PORT" of CometBFT RPC servers, two or more
  std::string trust;                 // "HEIGHT:HASH"
  std::string moniker;
  std::uint16_t api_port = 8'080;
  std::uint16_t rpc_port = 26'657;
  std::uint16_t p2p_port = 26'656;
};

/// Asks the servers who they are, so that they become the first peers, and writes the home. What
/// is there stays, so that a join that was cut off goes on. `refused` where the trusted block or a
/// server contradicts what the validators have certified.
Status prepare_join(const JoinPlan& plan, Random& random);

}  // namespace cambium::node
