// cambium snapshot undo: takes the last restore back while it has made no block.
#include <fmt/format.h>
#include <fmt/ranges.h>

#include "cli/commands/snapshot/verbs.hpp"
#include "cli/render.hpp"
#include "engine/recovery/rollback.hpp"

namespace cambium::cli {
namespace {

Status undo(Invocation& call) {
  TRY(const auto home, home_of(call));
  TRY(const auto aliases, chains_of(call, home));
  TRY(const auto lock, node::HomeLock::take(node::HomePaths{home}));
  TRY_STATUS(engine::finish_change(home));
  TRY(const auto undone, engine::undo_change(home, aliases));
  if (call.json()) {
    call.console.object({{"chain_ids", undone.chain_ids}, {"newest", undone.newest.value}});
  } else {
    call.console.line(fmt::format("back: {}", fmt::join(undone.chain_ids, ", ")));
  }
  return {};
}

}  // namespace

Command snapshot_undo_verb() {
  return {"snapshot undo",
          "Take the last restore back, while it has made no block, to do another",
          "cambium snapshot undo --home /tmp/net/node0",
          {},
          {chain_of_home_flag()},
          undo};
}

}  // namespace cambium::cli
