// cambium snapshot verify: every chunk's hash, the root of what they lead to, every invariant.
#include <fmt/format.h>

#include "cli/commands/snapshot/compare.hpp"
#include "cli/commands/snapshot/verbs.hpp"
#include "cli/render.hpp"
#include "engine/recovery/stopped_chain.hpp"
#include "engine/snapshots/snapshot_files.hpp"
#include "engine/storage/lmdb_store.hpp"

namespace cambium::cli {
namespace {

/// A folder that goes when it is no longer needed.
class Scratch {
 public:
  explicit Scratch(std::filesystem::path folder) : folder_(std::move(folder)) { clear(); }
  ~Scratch() { clear(); }
  Scratch(const Scratch&) = delete;
  Scratch& operator=(const Scratch&) = delete;
  const std::filesystem::path& folder() const { return folder_; }

 private:
  void clear() const {
    std::error_code ignored;
    std::filesystem::remove_all(folder_, ignored);
  }
  std::filesystem::path folder_;
};

/// Builds the whole state beside the snapshots and looks at all of it.
Status verify_root(const engine::SnapshotStore& snapshots, const node::HomePaths& paths,
                   const std::string& alias, Height height, StepPrinter& printer) {
  const Scratch scratch(snapshots.folder() / "verify.part");
  TRY(const auto store, engine::open_lmdb_store(scratch.folder()));
  TRY_STATUS(snapshots.load(height, *store, {}, [&](const auto& at) {
    printer.tell({alias + ": building the state", at});
  }));
  printer.tell({alias + ": checking every rule over the whole state", {}});
  TRY(const auto genesis, node::read_genesis(paths, alias));
  TRY(const auto registry, chain::registry_for(genesis));
  TRY(const auto view, state::HeightView::open_latest(*store));
  TRY_STATUS(chain::audit_state(registry, view));
  return view.health();
}

Result<Height> height_of(const Invocation& call, const engine::SnapshotStore& snapshots) {
  const std::string text = call.argument("height");
  if (const auto name = engine::parse_name(text); name && !name->base) return name->height;
  if (!text.empty()) {
    return fail(ErrorCode::invalid_input, fmt::format("`{}` is no height.", text));
  }
  const auto points = snapshots.points();
  if (!points.empty()) return points.front().height();
  return fail(ErrorCode::not_found, fmt::format("There is no snapshot in {}.",
                                                snapshots.folder().string()));
}

Status verify(Invocation& call) {
  TRY(const auto home, home_of(call));
  TRY(const auto aliases, chains_of(call, home));
  const node::HomePaths paths{home};
  StepPrinter printer(call);
  Json items = Json::array();
  for (const auto& alias : aliases) {
    const engine::SnapshotStore snapshots(paths.snapshots(alias));
    TRY(const Height height, height_of(call, snapshots));
    TRY_STATUS(snapshots.verify(height, [&](const auto& at) {
      printer.tell({alias + ": hashing", at});
    }));
    if (!call.has("hashes-only")) {
      TRY_STATUS(verify_root(snapshots, paths, alias, height, printer));
    }
    std::size_t same = 0;
    if (const auto url = call.flag("against")) {
      TRY(same, compare_snapshots(snapshots, {*url, alias}));
    }
    TRY(const auto point, snapshots.point(height));
    items.push_back({{"chain", alias},
                     {"height", height.value},
                     {"verified", true},
                     {"root_checked", !call.has("hashes-only")},
                     {"state_root", point.root.hex()},
                     {"same_elsewhere", same}});
  }
  show_items(call, {{"items", items}}, {"chain", "height", "verified", "root_checked",
                                        "state_root"});
  return {};
}

}  // namespace

Command snapshot_verify_verb() {
  return {"snapshot verify",
          "Check a snapshot: every chunk's hash, the root they lead to, every rule of the chain",
          "cambium snapshot verify --chain utility",
          {{"height", "which; the newest unless named", Argument::Count::optional}},
          {chain_of_home_flag(),
           {"against", "URL", "compare every full one with those of the node whose API this is"},
           {"hashes-only", "", "leave out building the state"}},
          verify};
}

}  // namespace cambium::cli
