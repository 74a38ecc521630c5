// A chain whose blocks validators order by CometBFT.
#include <fmt/format.h>

#include "base/log.hpp"
#include "chain/genesis.hpp"
#include "chain/modules/staking/tables.hpp"
#include "engine/cometbft/comet_engine.hpp"
#include "engine/cometbft/peers/peer_watch.hpp"
#include "engine/cometbft/process/binary.hpp"
#include "engine/cometbft/process/home.hpp"
#include "engine/storage/lmdb_store.hpp"
#include "node/chains/chain_unit.hpp"
#include "node/beacon_agent.hpp"
#include "node/chains/checkpoint_guard.hpp"
#include "node/chains/comet_settings.hpp"
#include "node/chains/snapshots.hpp"
#include "node/node.hpp"

namespace cambium::node {
namespace {

constexpr std::int64_t kLookAtPeersMs = 5'000;

Result<std::unique_ptr<state::NodeStore>> open_synced(const std::filesystem::path& folder) {
  return engine::open_lmdb_store(folder);
}

/// A node that will take over a snapshot cannot add to an older record of blocks, for there will be
/// a gap between the two.
void drop_stale_record(const ChainPlan& plan, const state::NodeStore& store) {
  const bool empty = !state::HeightView::open_latest(store);
  if (!empty || plan.config.list("engine.sync_servers").empty()) return;
  std::error_code ignored;
  std::filesystem::remove_all(plan.paths.blocks(plan.alias), ignored);
}

/// Why the record cannot be added to; nothing when it can. It never ends below a sound state, for
/// it is made durable first.
Status check_record(engine::Disk& disk, const state::NodeStore& store) {
  TRY(const auto log, engine::BlockLog::open(disk));
  const auto state = state::HeightView::open_latest(store);
  if (!state || log->first().value == 0 || log->last() >= state->height()) return {};
  return fail(ErrorCode::corrupt,
              fmt::format("The record of blocks ends at height {} although the state is at {}.",
                          log->last().value, state->height().value));
}

/// CometBFT has the blocks and the state what they led to, so a damaged record stops nobody: it is
/// put aside and begins anew with the next block.
Result<std::unique_ptr<engine::Disk>> open_sound_record(const std::filesystem::path& folder,
                                                        const state::NodeStore& store) {
  TRY(auto disk, engine::open_file_disk(folder));
  const auto sound = check_record(*disk, store);
  if (sound || sound.error().code != ErrorCode::corrupt) {
    TRY_STATUS(sound);
    return disk;
  }
  disk.reset();
  const auto aside = folder.string() + ".damaged";
  std::error_code error;
  std::filesystem::remove_all(aside, error);
  std::filesystem::rename(folder, aside, error);
  spdlog::warn("{} It was moved to {}; this node shows blocks from the next one on. To have all of "
               "them again stop it, delete its state and blocks folders and start it.",
               sound.error().message, aside);
  return engine::open_file_disk(folder);
}

/// Alone and without a vote a node would wait for a block for ever.
void warn_if_alone(const std::string& alias, const state::NodeStore& store, ByteView key,
                   const engine::CometSettings& settings) {
  const auto view = state::HeightView::open_latest(store);
  const bool knows_some = !settings.peers.empty() || !settings.seeds.empty();
  if (!view || knows_some || !settings.remote_signer.empty()) return;
  bool staked = false;
  view->scan({chain::staking::kActiveSet.prefix(), {}}, [&](ByteView, ByteView) {
    staked = true;
    return false;
  });
  const auto address = engine::consensus_address(key);
  if (!staked || view->get(chain::staking::kActiveSet.key({address}))) return;
  spdlog::warn("{}: the consensus key of this node is no validator's and engine.peers names "
               "nobody, so no block will come. Bring the key of one of the chain's validators to "
               "cometbft/config/priv_validator_key.json, or name peers.", alias);
}

class CometUnit final : public ChainUnit {
 public:
  ~CometUnit() override { stop(); }

  Status open(const ChainPlan& plan) {
    const auto& config = plan.config;
    TRY(genesis_, read_genesis(plan.paths, plan.alias));
    TRY(store_, open_sound_state(plan.paths.state(plan.alias), open_synced));
    TRY_STATUS(refill(plan));
    drop_stale_record(plan, *store_);
    TRY(disk_, open_sound_record(plan.paths.blocks(plan.alias), *store_));
    home_.root = plan.paths.comet(plan.alias);
    TRY(const auto keys, engine::make_comet_home(home_, plan.random));
    TRY(auto settings, comet_settings(config, plan.alias));
    const engine::Standing mine{genesis_.chain_id(), chain::genesis_hash(genesis_)};
    settings.moniker = engine::peer_name(settings.moniker, mine.genesis);
    warn_if_alone(plan.alias, *store_, keys.consensus, settings);
    TRY_STATUS(engine::write_comet_files(home_, settings, consensus_genesis(keys)));
    TRY(program_, engine::find_cometbft(config.text("engine.cometbft_binary")));
    log_ = plan.paths.logs() / fmt::format("cometbft-{}.log", plan.alias);
    engine::CometOptions options{.alias = plan.alias};
    TRY(options.pruning, engine::pruning_preset(config.text("engine.pruning")));
    options.snapshots = snapshot_rules(config, genesis_);
    options.snapshot_folder = plan.paths.snapshots(plan.alias);
    options.socket = home_.socket();
    options.rpc_port = settings.rpc_port;
    options.beacon = beacon_identity(*plan.operator_key, *plan.beacon_key);
    const engine::BlockLogOptions log{config.whole("engine.segment_mib") << 20};
    TRY(engine_, engine::CometEngine::open({genesis_, plan.verifier, *store_, *disk_, log,
                                            rules_followed(config)},
                                           std::move(options), plan.clock));
    watch_ = std::make_unique<engine::PeerWatch>(
        engine::PeerWatch::Place{plan.alias, settings.rpc_port, log_}, mine, plan.clock);
    TRY(auto checkpoints, checkpoint_rules(config));
    guard_ = std::make_unique<CheckpointGuard>(*engine_, std::move(checkpoints));
    return {};
  }

  engine::Engine& engine() override { return *engine_; }
  Status start(OnHalt on_halt) override {
    TRY_STATUS(guard_->check());
    guard_->watch(on_halt);
    peers_ = std::make_unique<RoleLoop>(RoleLoop::Options{"peers", kLookAtPeersMs},
                                        [this](std::stop_token) -> Status {
                                          watch_->look();
                                          return {};
                                        });
    return engine_->start({.program = program_,
                           .arguments = {"start", "--home", home_.root.string()},
                           .folder = home_.root,
                           .log = log_},
                          std::move(on_halt));
  }
  void stop() override {
    peers_.reset();
    guard_.reset();
    if (engine_) engine_->stop();
  }

 private:
  /// A first state that came as a snapshot does not follow from the genesis.
  Status refill(const ChainPlan& plan) {
    if (genesis_.state_root().empty() || state::HeightView::open_latest(*store_)) return {};
    store_.reset();
    TRY_STATUS(begin_from_origin(plan, genesis_, plan.paths.state(plan.alias)));
    TRY(store_, open_synced(plan.paths.state(plan.alias)));
    return {};
  }
  /// A chain without staking begins with this node as its only validator.
  engine::ConsensusGenesis consensus_genesis(const engine::CometKeys& keys) const {
    engine::ConsensusGenesis out{.genesis = genesis_,
                                 .genesis_hash = chain::genesis_hash(genesis_),
                                 .validators = {},
                                 .vote_extensions_from = 0};
    for (const auto& module : genesis_.modules()) {
      if (module.name() == "beacon") out.vote_extensions_from = genesis_.initial_height();
    }
    for (const auto& module : genesis_.modules()) {
      if (module.name() == "staking") return out;
    }
    out.validators.push_back({keys.consensus, 1});
    return out;
  }

  engine::CometHome home_;
  chain::v1::Genesis genesis_;
  std::filesystem::path program_;
  std::filesystem::path log_;
  std::unique_ptr<state::NodeStore> store_;
  std::unique_ptr<engine::Disk> disk_;
  std::unique_ptr<engine::CometEngine> engine_;  // uses all of the above
  std::unique_ptr<engine::PeerWatch> watch_;
  std::unique_ptr<CheckpointGuard> guard_;
  std::unique_ptr<RoleLoop> peers_;  // last: it looks through the watch
};

}  // namespace

Result<std::unique_ptr<ChainUnit>> open_comet_chain(const ChainPlan& plan) {
  auto unit = std::make_unique<CometUnit>();
  TRY_STATUS(unit->open(plan));
  return unit;
}

}  // namespace cambium::node
