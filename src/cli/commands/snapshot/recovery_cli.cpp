#include "cli/commands/snapshot/recovery_cli.hpp"

#include <fmt/format.h>

#include "node/node.hpp"

namespace cambium::cli {

Result<std::vector<std::string>> chains_of(const Invocation& call,
                                           const std::filesystem::path& home) {
  const auto wanted = call.flag("chain");
  std::vector<std::string> out;
  for (const auto alias : {node::kUtilityAlias, node::kComputeAlias}) {
    std::error_code error;
    const bool there = std::filesystem::exists(node::HomePaths{home}.genesis(alias), error);
    if (there && (!wanted || *wanted == alias)) out.emplace_back(alias);
  }
  if (!out.empty()) return out;
  return fail(ErrorCode::not_found,
              wanted ? fmt::format("{} holds no chain `{}`; they are called {} and {}.",
                                   home.string(), *wanted, node::kUtilityAlias,
                                   node::kComputeAlias)
                     : fmt::format("{} holds no chain; name a node's home with --home.",
                                   home.string()));
}

void StepPrinter::tell(const engine::RecoveryStep& step) {
  const auto& [done, of] = step.progress;
  auto& console = call_.console;
  if (step.name != last_) {
    last_ = step.name;
    if (call_.json()) console.object({{"step", step.name}});
    if (!call_.json() && !console.has_live_line()) console.talk(step.name);
  }
  if (!call_.json() && console.has_live_line()) {
    console.live(of == 0 ? step.name
                         : fmt::format("{}: {} of {} chunks", step.name, done, of));
  }
}

Json to_json(const engine::PreparedLife& life) {
  return {{"chain", life.alias},
          {"chain_id", life.chain_id},
          {"from_height", life.from.value},
          {"first_height", life.first.value},
          {"state_root", life.state_root.hex()},
          {"genesis_hash", life.genesis_hash.hex()}};
}

}  // namespace cambium::cli
