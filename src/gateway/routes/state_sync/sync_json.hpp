// What the endpoints of state sync share: where a joining node can begin, and whom it may ask.
#pragma once

#include "engine/snapshots/snapshot_store.hpp"
#include "gateway/routes/routes.hpp"

namespace cambium::gateway {

/// The chain of ?chain=, the utility chain unless named.
Result<engine::Engine*> synced_chain(Services& services, const Request& request);
engine::SnapshotStore snapshots_of(Services& services, const engine::Engine& chain);

Json to_json(const engine::SnapshotPoint& point);
/// A block to trust: its height and hash, as `cambium node join --trust` takes them.
Result<Json> trust_point(const engine::Engine& chain, Height height);
/// HOST:PORT of the CometBFT interfaces that this node knows of, its own first.
std::vector<std::string> sync_servers(const Config& config);

}  // namespace cambium::gateway
