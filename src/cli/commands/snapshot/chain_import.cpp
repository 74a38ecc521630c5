// cambium chain import: exported chains go on in this home, under either engine.
#include <fmt/format.h>

#include <fstream>
#include <sstream>

#include "base/durable_file.hpp"
#include "cli/commands/config/config_edit.hpp"
#include "cli/commands/snapshot/verbs.hpp"
#include "cli/commands/snapshot/voting_key.hpp"
#include "cli/render.hpp"
#include "engine/recovery/transfer.hpp"

namespace cambium::cli {
namespace {

Status set_engine(const node::HomePaths& paths, const std::string& kind) {
  std::ifstream in(paths.config(), std::ios::binary);
  std::ostringstream text;
  if (in) text << in.rdbuf();
  const std::string before = in ? text.str() : config_template();
  const std::string after =
      with_setting(before, {"engine.kind", toml_value(ConfigType::text, kind)});
  return write_durably(paths.config(), {as_bytes(after)});
}

Status import_all(Invocation& call) {
  TRY(const auto home, home_of(call));
  const node::HomePaths paths{home};
  const std::filesystem::path folder = call.argument("folder");
  const auto aliases = engine::exported_chains(folder);
  if (aliases.empty()) {
    return fail(ErrorCode::not_found,
                fmt::format("{} holds no exported chain; make one with `cambium chain export`.",
                            folder.string()));
  }
  TRY(const auto lock, node::HomeLock::take(paths));
  TRY_STATUS(engine::finish_change(home));
  StepPrinter printer(call);
  TRY(const auto made, engine::import_chains({home, folder, aliases}, printer.listener()));
  const std::string kind = call.flag_or("engine", "");
  if (!kind.empty()) TRY_STATUS(set_engine(paths, kind));
  Json items = Json::array();
  for (const auto& life : made) {
    items.push_back(to_json(life));
    if (kind != "cometbft") continue;
    TRY(const auto said, settle_voting_key(call, paths, life.alias));
    if (!said.empty()) call.console.talk(said);
  }
  show_items(call, {{"items", items}}, {"chain", "chain_id", "from_height", "first_height",
                                        "state_root"});
  return {};
}

}  // namespace

Command chain_import_verb() {
  return {"chain import",
          "Go on with exported chains in this home, under the engine that you name",
          "cambium chain import /tmp/moved --engine cometbft",
          {{"folder", "what `cambium chain export` wrote"}},
          {{"engine", "KIND", "which engine orders the blocks from now on; as the settings say "
                              "unless named",
            {"embedded", "cometbft"}}},
          import_all};
}

}  // namespace cambium::cli
