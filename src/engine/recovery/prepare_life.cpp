// Builds a chain's next life beside the present one.
#include <fmt/format.h>

#include "base/crash_point.hpp"
#include "base/durable_file.hpp"
#include "chain/genesis.hpp"
#include "engine/storage/lmdb_store.hpp"
#include "engine/recovery/life.hpp"
#include "state/audit.hpp"

namespace cambium::engine {
namespace {

namespace fs = std::filesystem;
const CrashPoint kAfterState("engine.recovery.after_state");
const CrashPoint kPrepared("engine.recovery.prepared");

Status fresh_folder(const fs::path& folder) {
  std::error_code error;
  fs::remove_all(folder, error);
  fs::create_directories(folder, error);
  if (!error) return {};
  return fail(ErrorCode::io, fmt::format("{} cannot be made: {}. Mend the permissions or free some "
                                         "space.", folder.string(), error.message()));
}

chain::v1::Origin origin_of(const std::string& chain_id, const state::HeightView& view) {
  chain::v1::Origin out;
  out.set_chain_id(chain_id);
  out.set_height(view.height().value);
  out.set_state_root(to_string(view.root()));
  return out;
}

/// One preparation, with what its steps share.
class Preparation {
 public:
  Preparation(const fs::path& home, const LifePlan& plan, const OnRecovery& tell)
      : plan_(plan), next_(ChainHome::of(home, plan.alias).next()), tell_(tell) {}

  Result<PreparedLife> run();

 private:
  Result<HeadRecord> take_over();
  Status copy_live(const LiveState& live);
  Status audit() const;
  Status open_life(const HeadRecord& head);
  Status expected(const chain::v1::Genesis& genesis) const;
  Status keep_origin(const HeadRecord& head) const;
  void tell(std::string name, SnapshotProgress progress = {}) const {
    if (tell_) tell_({plan_.alias + ": " + std::move(name), progress});
  }

  const LifePlan& plan_;
  fs::path next_;
  const OnRecovery& tell_;
  std::unique_ptr<state::NodeStore> store_;
  std::optional<chain::Registry> registry_;
  PreparedLife out_;
};

Result<HeadRecord> Preparation::take_over() {
  if (const auto* live = std::get_if<LiveState>(&plan_.source)) {
    TRY_STATUS(copy_live(*live));
    return live->head;
  }
  const auto& stored = std::get<StoredState>(plan_.source);
  const SnapshotStore snapshots(stored.folder);
  TRY(const auto point, snapshots.point(stored.height));
  TRY_STATUS(snapshots.load(stored.height, *store_, {},
                            [&](const auto& at) { tell("taking over the snapshot", at); }));
  return point.head;
}

Status Preparation::copy_live(const LiveState& live) {
  tell(fmt::format("taking over the state of height {}", live.height.value));
  TRY(const auto from, open_lmdb_store(live.folder));
  TRY(const auto view, state::HeightView::open(*from, live.height));
  return state::copy_height(view, *store_);
}

// A root says that these are the bytes; the invariants say that they can be a chain's.
Status Preparation::audit() const {
  tell("checking every rule over the whole state");
  TRY(const auto view, state::HeightView::open_latest(*store_));
  TRY_STATUS(chain::audit_state(*registry_, view));
  return view.health();
}

Status Preparation::open_life(const HeadRecord& head) {
  chain::v1::Origin origin;
  state::Diff diff;
  {
    TRY(const auto view, state::HeightView::open_latest(*store_));
    origin = origin_of(plan_.former_id, view);
    out_.from = view.height();
    out_.source_root = out_.state_root = view.root();
    if (plan_.former_id != plan_.life.chain_id) diff = chain::opening(view, plan_.life);
    TRY_STATUS(view.health());
  }
  const Height below{plan_.life.first.value - 1};
  TRY(auto tree, state::Tree::open(*store_));
  if (below != out_.from) {
    TRY(out_.state_root, tree.stage(below, state::updates_of(diff)));
  }
  const auto genesis = chain::continue_genesis(
      *registry_, {plan_.life, head.time, out_.state_root, std::move(origin)});
  out_.genesis_hash = chain::genesis_hash(genesis);
  TRY_STATUS(expected(genesis));
  const OwnerRecords records{{below, head.time, head.hash}, out_.genesis_hash};
  if (below != out_.from) {
    TRY_STATUS(tree.commit(state::Durability::synced, owner_records(records)));
  } else {
    TRY_STATUS(write_owner_records(*store_, records));
  }
  const std::string json = chain::genesis_to_json(genesis);
  return write_durably(next_ / "genesis.json", {as_bytes(json)});
}

Status Preparation::expected(const chain::v1::Genesis& genesis) const {
  if (!plan_.genesis_hash || *plan_.genesis_hash == out_.genesis_hash) return {};
  return fail(ErrorCode::refused,
              fmt::format("From its state of height {} this home comes to the genesis {} with the "
                          "state root {}, and the file's is {}: one of the two is not of this "
                          "chain. Compare with further validators; nothing was changed.",
                          out_.from.value, out_.genesis_hash.hex(),
                          to_hex(as_bytes(genesis.state_root())), plan_.genesis_hash->hex()));
}

Status Preparation::keep_origin(const HeadRecord& head) const {
  tell("keeping a snapshot of the first state");
  TRY(const auto view, state::HeightView::open_latest(*store_));
  SnapshotStore snapshots(next_ / "snapshots");
  return snapshots.write(view, {view.height(), head.time, head.hash});
}

Result<PreparedLife> Preparation::run() {
  TRY_STATUS(fresh_folder(next_));
  TRY_STATUS(fresh_folder(next_ / "state"));
  TRY_STATUS(fresh_folder(next_ / "blocks"));
  TRY(registry_, chain::Registry::with(plan_.modules));
  TRY(store_, open_lmdb_store(next_ / "state"));
  TRY(const auto head, take_over());
  kAfterState.pass();
  TRY_STATUS(audit());
  out_.alias = plan_.alias;
  out_.chain_id = plan_.life.chain_id;
  out_.first = plan_.life.first;
  TRY_STATUS(open_life(head));
  TRY_STATUS(keep_origin(head));
  kPrepared.pass();
  return out_;
}

}  // namespace

Result<PreparedLife> prepare_life(const fs::path& home, const LifePlan& plan,
                                  const OnRecovery& tell) {
  Preparation preparation(home, plan, tell);
  auto made = preparation.run();
  if (made) return made;
  std::error_code ignored;  // whatever failed, perhaps for want of space
  fs::remove_all(ChainHome::of(home, plan.alias).next(), ignored);
  return tl::unexpected<Error>(std::move(made).error().in(plan.alias));
}

Result<std::vector<PreparedLife>> prepare_lives(const fs::path& home,
                                                const std::vector<LifePlan>& plans,
                                                const OnRecovery& tell) {
  std::vector<PreparedLife> out;
  for (const auto& plan : plans) {
    auto made = prepare_life(home, plan, tell);
    if (!made) {
      TRY_STATUS(finish_change(home));  // gives back the space of those before
      return forward_error(std::move(made));
    }
    out.push_back(std::move(*made));
  }
  return out;
}

}  // namespace cambium::engine
