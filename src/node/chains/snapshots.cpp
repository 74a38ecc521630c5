#include "node/chains/snapshots.hpp"

#include "base/log.hpp"
#include "chain/genesis.hpp"
#include "engine/storage/lmdb_store.hpp"

namespace cambium::node {

engine::SnapshotRules snapshot_rules(const Config& config, const chain::v1::Genesis& genesis) {
  const auto ms = [&](std::string_view key) {
    return static_cast<std::int64_t>(config.whole(key)) * 1'000;
  };
  engine::SnapshotRules out{ms("engine.snapshot_every_s"), ms("engine.snapshot_increment_s"),
                            {ms("engine.snapshot_window_s"), {}}};
  if (!genesis.state_root().empty()) out.window.origin = Height{genesis.initial_height() - 1};
  return out;
}

// The store is closed again before the engine opens it in its own way.
Status begin_from_origin(const ChainPlan& plan, const chain::v1::Genesis& genesis,
                         const std::filesystem::path& state_folder) {
  if (genesis.state_root().empty()) return {};
  TRY(const auto store, engine::open_lmdb_store(state_folder));
  if (state::HeightView::open_latest(*store)) return {};
  const engine::SnapshotStore snapshots(plan.paths.snapshots(plan.alias));
  const auto origin = snapshots.point({genesis.initial_height() - 1});
  if (!origin) return {};
  spdlog::warn("{}: the state is made again from the snapshot of height {}.", plan.alias,
               origin->height().value);
  const engine::OwnerRecords records{origin->head, chain::genesis_hash(genesis)};
  return snapshots.load(origin->height(), *store, engine::owner_records(records));
}

}  // namespace cambium::node
