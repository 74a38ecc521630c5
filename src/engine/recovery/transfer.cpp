#include "engine/recovery/transfer.hpp"

#include <fmt/format.h>

#include <algorithm>

#include "base/durable_file.hpp"
#include "engine/snapshots/snapshot_files.hpp"

namespace cambium::engine {
namespace {

namespace fs = std::filesystem;

/// Where an exported chain lies; the same names as in a home.
ChainHome exported(const fs::path& folder, std::string_view alias) { return {folder / alias}; }

Result<chain::v1::Genesis> read_genesis(const fs::path& file) {
  TRY(const auto text, read_file(file));
  return chain::genesis_from_json(as_chars(text));
}

Result<LifePlan> plan_of(const ImportRequest& request, const std::string& alias) {
  const ChainHome from = exported(request.folder, alias);
  TRY(const auto genesis, read_genesis(from.genesis()));
  if (genesis.state_root().empty() || !genesis.has_origin()) {
    return fail(ErrorCode::invalid_input,
                fmt::format("{} is no exported chain; make one with `cambium chain export`.",
                            from.chain.string()));
  }
  const Height first{genesis.initial_height()};
  const auto present = StoppedChain::open(request.home, alias);
  if (present && present->highest_signed() >= first) {
    return fail(ErrorCode::refused,
                fmt::format("{} has heights of {} up to {}, and the exported chain goes on with "
                            "{}: nothing is signed twice. Export the newer one, or go back with "
                            "`cambium snapshot restore`.",
                            request.home.string(), alias, present->highest_signed().value,
                            first.value));
  }
  LifePlan out{.alias = alias, .source = StoredState{from.snapshots(), {first.value - 1}},
               .life = {genesis.chain_id(), first, {}},
               .former_id = genesis.origin().chain_id(), .modules = {}};
  for (const auto& module : genesis.modules()) out.modules.push_back(module.name());
  return out;
}

Status expect_same(const PreparedLife& made, const fs::path& folder) {
  TRY(const auto genesis, read_genesis(exported(folder, made.alias).genesis()));
  if (chain::genesis_hash(genesis) == made.genesis_hash) return {};
  return fail(ErrorCode::corrupt,
              fmt::format("The genesis of {} in {} does not belong to the snapshot beside it; "
                          "export the chain again.", made.alias, folder.string()));
}

}  // namespace

Result<Exported> export_chain(const StoppedChain& chain, const fs::path& folder,
                              const OnRecovery& tell) {
  const auto say = [&](std::string what) {
    if (tell) tell({chain.alias() + ": " + std::move(what), {}});
  };
  const ChainHome to = exported(folder, chain.alias());
  std::error_code error;
  if (fs::exists(to.chain, error)) {
    return fail(ErrorCode::already_exists,
                fmt::format("{} exists already; name another folder.", to.chain.string()));
  }
  const auto newest = chain.newest();
  if (!newest) {
    return fail(ErrorCode::not_found,
                fmt::format("{} has no state that can be read; run its node once, or go back to a "
                            "snapshot.", chain.alias()));
  }
  TRY(const auto registry, chain::Registry::with(chain.modules()));
  TRY(const auto view, chain.state_at(*newest));
  TRY(const auto head, chain.head_at(*newest));
  say("checking every rule over the whole state");
  TRY_STATUS(chain::audit_state(registry, view));
  TRY_STATUS(view.health());
  say("writing the state");
  TRY_STATUS(SnapshotStore(to.snapshots()).write(view, head));
  chain::v1::Origin origin;
  origin.set_chain_id(chain.chain_id());
  origin.set_height(newest->value);
  origin.set_state_root(to_string(view.root()));
  const auto genesis = chain::continue_genesis(
      registry, {{chain.chain_id(), newest->next(), {}}, head.time, view.root(), origin});
  const std::string json = chain::genesis_to_json(genesis);
  TRY_STATUS(write_durably(to.genesis(), {as_bytes(json)}));
  return Exported{chain.alias(), chain.chain_id(), *newest, view.root(),
                  chain::genesis_hash(genesis)};
}

Result<std::vector<PreparedLife>> import_chains(const ImportRequest& request,
                                                const OnRecovery& tell) {
  std::vector<LifePlan> plans;
  for (const auto& alias : request.aliases) {
    TRY(auto plan, plan_of(request, alias));
    plans.push_back(std::move(plan));
  }
  TRY(auto out, prepare_lives(request.home, plans, tell));
  for (const auto& made : out) TRY_STATUS(expect_same(made, request.folder));
  const std::string label = fmt::format("height-{}", out.front().from.value);
  TRY_STATUS(change_lives(request.home, {.aliases = request.aliases, .label = label}));
  return out;
}

std::vector<std::string> exported_chains(const fs::path& folder) {
  std::vector<std::string> out;
  std::error_code error;
  for (const auto& entry : fs::directory_iterator(folder, error)) {
    std::error_code ignored;
    if (fs::exists(entry.path() / "genesis.json", ignored)) {
      out.push_back(entry.path().filename().string());
    }
  }
  std::sort(out.rbegin(), out.rend());  // utility first
  return out;
}

}  // namespace cambium::engine
