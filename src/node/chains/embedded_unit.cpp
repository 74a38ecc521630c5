// A chain that this process orders by itself.
#include "engine/embedded/runner.hpp"
#include "engine/storage/write_behind_store.hpp"
#include "node/chains/chain_unit.hpp"
#include "node/chains/checkpoint_guard.hpp"
#include "node/chains/snapshots.hpp"
#include "node/node.hpp"

namespace cambium::node {
namespace {

engine::MempoolLimits mempool_limits(const Config& config) {
  return {.max_txs = config.whole("engine.mempool_max_txs"),
          .max_bytes = config.whole("engine.mempool_max_mib") << 20,
          .max_per_sender = config.whole("engine.mempool_per_sender"),
          .expiry_ms = static_cast<std::int64_t>(config.whole("engine.mempool_expiry_ms"))};
}

engine::CadenceRules cadence_of(const ChainPlan& plan) {
  const auto idle = plan.alias == kComputeAlias ? "engine.compute_idle_ms"
                                                : "engine.utility_idle_ms";
  return {static_cast<std::int64_t>(plan.config.whole(idle)),
          static_cast<std::int64_t>(plan.config.whole("engine.min_block_ms"))};
}

class EmbeddedUnit final : public ChainUnit {
 public:
  explicit EmbeddedUnit(const ChainPlan& plan)
      : clock_(plan.clock), operator_key_(plan.operator_key) {}
  ~EmbeddedUnit() override { stop(); }

  Status open(const ChainPlan& plan) {
    TRY(genesis_, read_genesis(plan.paths, plan.alias));
    const auto folder = plan.paths.state(plan.alias);
    TRY(store_, open_sound_state(folder, engine::open_state_store));
    if (!genesis_.state_root().empty() && !state::HeightView::open_latest(*store_)) {
      store_.reset();
      TRY_STATUS(begin_from_origin(plan, genesis_, folder));
      TRY(store_, engine::open_state_store(folder));
    }
    TRY(disk_, engine::open_file_disk(plan.paths.blocks(plan.alias)));
    const engine::BlockLogOptions log{plan.config.whole("engine.segment_mib") << 20};
    TRY(engine_, engine::EmbeddedEngine::open(
                     {genesis_, *operator_key_, plan.verifier, *store_, *disk_, log,
                      rules_followed(plan.config)},
                     {plan.alias, cadence_of(plan), mempool_limits(plan.config)}, plan.clock));
    guard_ = std::make_unique<CheckpointGuard>(
        *engine_, CheckpointRules{plan.config.whole("engine.ignored_checkpoint"), {}});
    snapshots_.emplace(plan.paths.snapshots(plan.alias));
    writer_ = std::make_unique<engine::SnapshotWriter>(
        [this](Height height) { return engine_->state_at(height); }, *snapshots_,
        snapshot_rules(plan.config, genesis_));
    blocks_ = engine_->subscribe([this](const engine::BlockPtr& block) {
      writer_->on_block({block->height(), {block->header.time_ms()}, block->hash});
    });
    return {};
  }

  engine::Engine& engine() override { return *engine_; }
  Status start(OnHalt on_halt) override {
    TRY_STATUS(guard_->check());
    guard_->watch(on_halt);
    runner_ = std::make_unique<engine::EngineRunner>(*engine_, clock_, std::move(on_halt));
    return {};
  }
  void stop() override {
    runner_.reset();
    guard_.reset();
  }
  void nudge() override { engine_->nudge(); }

 private:
  const Clock& clock_;
  chain::v1::Genesis genesis_;
  KeyPtr operator_key_;
  std::unique_ptr<state::NodeStore> store_;
  std::unique_ptr<engine::Disk> disk_;
  std::unique_ptr<engine::EmbeddedEngine> engine_;
  std::unique_ptr<CheckpointGuard> guard_;
  std::optional<engine::SnapshotStore> snapshots_;
  std::unique_ptr<engine::SnapshotWriter> writer_;
  std::unique_ptr<engine::Subscription> blocks_;
  std::unique_ptr<engine::EngineRunner> runner_;  // last: it uses all the others
};

}  // namespace

Result<std::unique_ptr<ChainUnit>> open_embedded_chain(const ChainPlan& plan) {
  auto unit = std::make_unique<EmbeddedUnit>(plan);
  TRY_STATUS(unit->open(plan));
  return unit;
}

}  // namespace cambium::node
