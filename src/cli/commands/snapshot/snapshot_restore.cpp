// cambium snapshot restore: both chains back to an earlier pair of heights, under new names.
#include <fmt/format.h>

#include "chain/genesis.hpp"
#include "cli/commands/snapshot/verbs.hpp"
#include "cli/render.hpp"
#include "engine/recovery/rollback.hpp"
#include "engine/snapshots/snapshot_files.hpp"

namespace cambium::cli {
namespace {

Result<chain::v1::Genesis> genesis_of(const std::string& file) {
  const auto text = engine::read_file(file);
  if (text) return chain::genesis_from_json(as_chars(*text));
  return fail(ErrorCode::not_found,
              fmt::format("{} cannot be read; name the genesis.json of a validator that went back.",
                          file));
}

Result<engine::RollbackRequest> request_of(const Invocation& call,
                                           const std::filesystem::path& home) {
  engine::RollbackRequest out{.home = home, .aliases = {}, .height = {}, .first = {}, .follow = {},
                              .authority = engine::RollbackAuthority::order,
                              .now = call.clock.now()};
  TRY(out.aliases, chains_of(call, home));
  TRY(const auto settings, settings_of(call, home));
  out.ignored_checkpoint = settings.whole("engine.ignored_checkpoint");
  if (call.has("without-order")) out.authority = engine::RollbackAuthority::operator_alone;
  if (const auto file = call.flag("genesis")) {
    TRY(out.follow, genesis_of(*file));
  }
  if (call.flag("height")) {
    TRY(const auto height, call.whole("height", 0));
    out.height = Height{height};
  }
  if (call.flag("first-height")) {
    TRY(const auto first, call.whole("first-height", 0));
    out.first = Height{first};
  }
  return out;
}

Json plan_json(const engine::RollbackPlan& plan) {
  Json items = Json::array();
  for (std::size_t i = 0; i < plan.lives.size(); ++i) {
    const auto& life = plan.lives[i];
    const bool stored = std::holds_alternative<engine::StoredState>(life.source);
    items.push_back({{"chain", life.alias},
                     {"from", life.former_id},
                     {"to", life.life.chain_id},
                     {"newest", plan.newest[i].value},
                     {"back_to", engine::height_of(life.source).value},
                     {"first_height", life.life.first.value},
                     {"taken_from", stored ? "snapshot" : "state"}});
  }
  return {{"items", items}};
}

Status restore(Invocation& call) {
  TRY(const auto home, home_of(call));
  const node::HomePaths paths{home};
  TRY(const auto request, request_of(call, home));
  TRY(const auto lock, node::HomeLock::take(paths));
  TRY_STATUS(engine::finish_change(home));
  TRY(const auto plan, engine::plan_rollback(request));
  show_items(call, plan_json(plan), {"chain", "from", "to", "newest", "back_to", "first_height",
                                   "taken_from"});
  if (call.has("dry-run")) return {};
  if (!call.has("yes")) {
    return fail(ErrorCode::refused, "Everything after these heights is given up; say --yes to do "
                                    "it. The present chains are kept in chains/NAME/before.");
  }
  StepPrinter printer(call);
  TRY(const auto made, engine::carry_out(home, plan, printer.listener()));
  Json items = Json::array();
  for (const auto& life : made) items.push_back(to_json(life));
  show_items(call, {{"items", items}}, {"chain", "chain_id", "from_height", "first_height",
                                        "state_root", "genesis_hash"});
  call.console.talk("Compare the genesis hashes with the other validators before you start the "
                    "node; `cambium snapshot undo` takes this back. The credit ledger was not "
                    "touched.");
  return {};
}

}  // namespace

Command snapshot_restore_verb() {
  return {"snapshot restore",
          "Take both chains back to an earlier pair of heights, under new chain ids",
          "cambium snapshot restore --height 1200 --without-order --yes",
          {},
          {{"height", "N", "of the utility chain; else what the validators ordered, else the "
                           "newest snapshot"},
           {"first-height", "N", "of the first new block; else a round one above all signed ones"},
           {"genesis", "FILE", "do as a validator did that went back already, whose genesis.json "
                               "this is; nothing is done unless the same comes out"},
           {"without-order", "", "do it on your own word, where no order of the validators is in "
                                 "force"},
           {"chain", "NAME", "only this chain of the home, where it has no other"},
           {"dry-run", "", "only show what would be done"},
           {"yes", "", "do it"}},
          restore};
}

}  // namespace cambium::cli
