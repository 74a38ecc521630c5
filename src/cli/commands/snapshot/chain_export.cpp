// cambium chain export: a stopped home's chains into a folder, to go on elsewhere.
#include "cli/commands/snapshot/verbs.hpp"
#include "cli/render.hpp"
#include "engine/recovery/transfer.hpp"

namespace cambium::cli {
namespace {

Status export_all(Invocation& call) {
  TRY(const auto home, home_of(call));
  TRY(const auto aliases, chains_of(call, home));
  TRY(const auto lock, node::HomeLock::take(node::HomePaths{home}));
  TRY_STATUS(engine::finish_change(home));
  StepPrinter printer(call);
  Json items = Json::array();
  for (const auto& alias : aliases) {
    TRY(const auto chain, engine::StoppedChain::open(home, alias));
    TRY(const auto made, engine::export_chain(chain, call.argument("folder"),
                                              printer.listener()));
    items.push_back({{"chain", made.alias},
                     {"chain_id", made.chain_id},
                     {"height", made.height.value},
                     {"state_root", made.state_root.hex()},
                     {"genesis_hash", made.genesis_hash.hex()}});
  }
  show_items(call, {{"items", items}}, {"chain", "chain_id", "height", "state_root"});
  return {};
}

}  // namespace

Command chain_export_verb() {
  return {"chain export",
          "Write the newest state of a stopped home's chains into a folder, fully audited",
          "cambium chain export /tmp/moved",
          {{"folder", "a new folder"}},
          {chain_of_home_flag()},
          export_all};
}

}  // namespace cambium::cli
