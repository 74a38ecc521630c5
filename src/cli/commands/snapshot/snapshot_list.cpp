// cambium snapshot list: where each chain of a home can be taken back to.
#include <fmt/chrono.h>
#include <fmt/format.h>

#include "cli/commands/snapshot/verbs.hpp"
#include "cli/render.hpp"

namespace cambium::cli {
namespace {

std::string time_text(TimeMs time) {
  return fmt::format("{:%Y-%m-%dT%H:%M:%SZ}",
                     fmt::gmtime(static_cast<std::time_t>(time.value / 1'000)));
}

Json to_json(const std::string& alias, const engine::SnapshotPoint& point) {
  return {{"chain", alias},
          {"height", point.height().value},
          {"time", time_text(point.head.time)},
          {"kind", point.full() ? "full" : "increment"},
          {"base", point.full() ? Json() : Json(point.base->value)},
          {"entries", point.entries},
          {"chunks", point.chunks},
          {"bytes", point.bytes},
          {"state_root", point.root.hex()},
          {"hash", point.hash.hex()}};
}

Status list(Invocation& call) {
  TRY(const auto home, home_of(call));
  TRY(const auto aliases, chains_of(call, home));
  Json items = Json::array();
  for (const auto& alias : aliases) {
    const engine::SnapshotStore snapshots(node::HomePaths{home}.snapshots(alias));
    for (const auto& point : snapshots.points()) items.push_back(to_json(alias, point));
  }
  show_items(call, {{"items", items}},
             {"chain", "height", "time", "kind", "base", "entries", "bytes"});
  return {};
}

}  // namespace

Command snapshot_list_verb() {
  return {"snapshot list",
          "List the heights that this home's chains can be taken back to",
          "cambium snapshot list --home /tmp/net/node0",
          {},
          {chain_of_home_flag()},
          list};
}

}  // namespace cambium::cli
