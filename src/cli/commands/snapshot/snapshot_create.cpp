// cambium snapshot create: a snapshot now, beside a running node or without one.
#include <fmt/format.h>

#include "cli/commands/snapshot/verbs.hpp"
#include "cli/render.hpp"
#include "engine/storage/lmdb_store.hpp"

namespace cambium::cli {
namespace {

/// The state is opened beside the node that writes it: one picture of it stays as it is.
Result<engine::SnapshotPoint> take(const node::HomePaths& paths, const std::string& alias) {
  TRY(const auto store, engine::open_lmdb_store(paths.state(alias)));
  TRY(const auto head, engine::read_head(*store));
  TRY(const auto view, state::HeightView::open_latest(*store));
  if (!head || head->height != view.height()) {
    return fail(ErrorCode::unavailable,
                fmt::format("The {} chain has just moved on; ask again.", alias));
  }
  engine::SnapshotStore snapshots(paths.snapshots(alias));
  TRY_STATUS(snapshots.write(view, *head));
  return snapshots.point(head->height);
}

Status create(Invocation& call) {
  TRY(const auto home, home_of(call));
  TRY(const auto aliases, chains_of(call, home));
  StepPrinter printer(call);
  Json items = Json::array();
  for (const auto& alias : aliases) {
    printer.tell({alias + ": writing the state", {}});
    TRY(const auto point, take(node::HomePaths{home}, alias));
    items.push_back({{"chain", alias},
                     {"height", point.height().value},
                     {"entries", point.entries},
                     {"bytes", point.bytes},
                     {"state_root", point.root.hex()}});
  }
  show_items(call, {{"items", items}}, {"chain", "height", "entries", "bytes", "state_root"});
  return {};
}

}  // namespace

Command snapshot_create_verb() {
  return {"snapshot create",
          "Take a full snapshot now; the node may go on meanwhile",
          "cambium snapshot create --home /tmp/net/node0",
          {},
          {chain_of_home_flag()},
          create};
}

}  // namespace cambium::cli
