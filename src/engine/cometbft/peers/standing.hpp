// What the peers of a node stand on, compared with what it stands on itself. CometBFT lets nodes
// whose chains have one name but other beginnings talk to each other, and they then wait for ever.
#pragma once

#include <nlohmann/json_fwd.hpp>
#include <optional>
#include <string>
#include <vector>

#include "base/ids.hpp"

namespace cambium::engine {

/// A chain as nodes recognise it: its name, and where it begins.
struct Standing {
  std::string chain_id;
  Hash genesis;
};

/// The name that a node gives itself among peers tells the beginning of its genesis hash.
std::string peer_name(const std::string& moniker, const Hash& genesis);

/// A sentence for each peer that stands on another genesis under the same name. `net_info` is what
/// CometBFT answers to that; peers whose names tell nothing are passed over.
std::vector<std::string> other_genesis(const nlohmann::json& net_info, const Standing& mine);

/// The words in CometBFT's log by which it turns away a peer of a chain with another name.
inline constexpr std::string_view kOtherNetwork = "peer is on a different network";
/// A sentence about such a line: which of the two is behind, where both are lives of one chain.
std::optional<std::string> other_network(const std::string& line, const Standing& mine);

}  // namespace cambium::engine
