// Registered nodes, for modules that pick or pay them.
#pragma once

#include "cambium/nodes/v1/nodes.pb.h"
#include "chain/table.hpp"

namespace cambium::chain::nodes {

namespace pb = cambium::nodes::v1;

inline constexpr Table<pb::Node, Address> kNodes{TableId{kNodesPrefix, 1}};

/// Heartbeats further apart than this count as missed.
inline constexpr std::int64_t kHeartbeatIntervalMs = 60'000;
inline constexpr std::size_t kMaxListItems = 32;
inline constexpr std::size_t kMaxTextBytes = 64;

TxStatus preflight_capabilities(const pb::Capabilities& capabilities);
/// Known roles, ascending, at least one.
TxStatus preflight_roles(const google::protobuf::RepeatedField<int>& roles);

/// Heartbeats sent over heartbeats expected since registration, at most 1; 0 at registration.
std::uint64_t uptime_nano(const pb::Node& node, TimeMs now);

}  // namespace cambium::chain::nodes
