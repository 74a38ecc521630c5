#include "gateway/routes/state_sync/sync_json.hpp"

#include <fmt/format.h>

#include "node/home.hpp"

namespace cambium::gateway {

Result<engine::Engine*> synced_chain(Services& services, const Request& request) {
  Request named = request;
  named.params["id"] = request.query_or("chain", std::string(node::kUtilityAlias));
  return chain_of(services.node, named);
}

engine::SnapshotStore snapshots_of(Services& services, const engine::Engine& chain) {
  return engine::SnapshotStore(node::HomePaths{services.node.home()}.snapshots(chain.alias()));
}

Json to_json(const engine::SnapshotPoint& point) {
  return {{"height", point.height().value},
          {"time_ms", point.head.time.value},
          {"state_root", point.root.hex()},
          {"hash", point.hash.hex()},
          {"kind", point.full() ? "full" : "increment"},
          {"base", point.full() ? Json() : Json(point.base->value)},
          {"entries", point.entries},
          {"chunks", point.chunks},
          {"bytes", point.bytes}};
}

Result<Json> trust_point(const engine::Engine& chain, Height height) {
  TRY(const auto block, chain.block(height));
  const std::string hash = block->hash.hex();
  return Json{{"height", height.value},
              {"hash", hash},
              {"time_ms", block->header.time_ms()},
              {"trust", fmt::format("{}:{}", height.value, hash)}};
}

std::vector<std::string> sync_servers(const Config& config) {
  std::vector<std::string> out;
  if (config.text("engine.kind") == "cometbft") {
    out.push_back(fmt::format("{}:{}", config.text("engine.rpc_host"),
                              config.whole("engine.rpc_port")));
  }
  for (auto& server : config.list("engine.sync_servers")) out.push_back(std::move(server));
  return out;
}

}  // namespace cambium::gateway
