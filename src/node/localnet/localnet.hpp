// A network of several validators on one machine: their homes, keys, stakes and settings. Each is
// run by a process of its own, as on different machines.
#pragma once

#include <filesystem>
#include <string>
#include <vector>

#include "base/clock.hpp"
#include "base/random.hpp"
#include "base/result.hpp"
#include "engine/cometbft/process/settings.hpp"

namespace cambium::node {

struct LocalnetPlan {
  std::filesystem::path root;  // homes are root/node0, root/node1, ...
  std::size_t validators = 4;
  engine::Cadence cadence = engine::Cadence::work;
  std::uint64_t snapshot_every_s = 3'600;
  std::string params;  // of a new network's genesis: "MODULE.FIELD=VALUE,..."
};

struct LocalnetNode {
  std::string name;  // "node0"
  std::filesystem::path home;
  std::string operator_account;  // cbm1...
  std::string node_id;           // as peers write it
  std::uint16_t api_port = 0;
  std::uint16_t rpc_port = 0;
  std::uint16_t p2p_port = 0;
};

/// Makes what is missing and writes every node's settings anew, with ports that are free now. A
/// network that is there goes on; `refused` when it has another number of validators.
struct LocalnetTools {
  Random& random;
  const Clock& clock;
};
Result<std::vector<LocalnetNode>> make_localnet(const LocalnetPlan& plan, LocalnetTools tools);

/// TCP ports of the loopback interface that nobody uses now.
Result<std::vector<std::uint16_t>> free_ports(std::size_t count);

}  // namespace cambium::node
