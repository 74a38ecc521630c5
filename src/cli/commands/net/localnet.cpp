// cambium localnet: several validators on this machine, each a process of its own.
#include "node/localnet/localnet.hpp"

#include <fmt/format.h>

#include "base/log.hpp"
#include "cli/commands.hpp"
#include "cli/commands/net/height_watch.hpp"
#include "cli/home_dir.hpp"
#include "cli/interrupts.hpp"
#include "engine/cometbft/process/child.hpp"

namespace cambium::cli {
namespace {

constexpr std::uint64_t kDefaultValidators = 4;

Result<node::LocalnetPlan> plan_of(const Invocation& call) {
  node::LocalnetPlan plan;
  TRY(plan.root, home_of(call));
  TRY(plan.validators, call.whole("validators", kDefaultValidators));
  TRY(plan.cadence, engine::parse_cadence(call.flag_or("cadence", "work")));
  TRY(plan.snapshot_every_s, call.whole("snapshot-every", plan.snapshot_every_s));
  plan.params = call.flag_or("params", "");
  return plan;
}

void print_table(Console& console, const std::vector<node::LocalnetNode>& nodes, bool json) {
  std::vector<std::vector<std::string>> rows = {{"validator", "operator", "API", "CometBFT RPC"}};
  for (const auto& node : nodes) {
    const auto api = fmt::format("http://127.0.0.1:{}", node.api_port);
    const auto rpc = fmt::format("127.0.0.1:{}", node.rpc_port);
    rows.push_back({node.name, node.operator_account, api, rpc});
    if (json) {
      console.object({{"step", "validator"}, {"name", node.name},
                      {"operator", node.operator_account}, {"home", node.home.string()},
                      {"api", api}, {"rpc", rpc},
                      {"peer", fmt::format("{}@127.0.0.1:{}", node.node_id, node.p2p_port)}});
    }
  }
  if (!json) console.line(table(rows));
}

Status run_localnet(Invocation& call) {
  set_up_logging("warn");
  Interrupts interrupts([&] { call.console.talk("Stopping every validator."); });
  TRY(const auto plan, plan_of(call));
  TRY(const auto nodes, node::make_localnet(plan, {call.random, call.clock}));
  print_table(call.console, nodes, call.json());
  std::error_code error;
  const auto self = std::filesystem::read_symlink("/proc/self/exe", error);
  std::vector<std::unique_ptr<engine::Child>> children;
  for (const auto& node : nodes) {
    const auto logs = node::HomePaths{node.home}.logs();
    std::filesystem::create_directories(logs, error);
    children.push_back(std::make_unique<engine::Child>(engine::ChildPlan{
        .program = self,
        .arguments = {"node", "--home", node.home.string()},
        .folder = node.home,
        .log = logs / "node.log",
        .restarts = engine::ChildPlan::Restarts::never}));
  }
  std::vector<std::string> urls;
  for (const auto& node : nodes) urls.push_back(fmt::format("http://127.0.0.1:{}", node.api_port));
  watch_heights(call, urls, interrupts.token());
  for (auto& child : children) child->ask_to_stop();
  children.clear();
  return {};
}

}  // namespace

Command localnet_command() {
  return {"localnet",
          "Run a network of several validators on this machine",
          "cambium localnet --validators 4 --home /tmp/net",
          {},
          {{"validators", "N", "how many; 4 unless named"},
           {"cadence", "NAME", "work: a block when there is work; compute: every 5 seconds",
            {"work", "compute"}},
           {"snapshot-every", "SECONDS", "block time between snapshots for joining nodes"},
           {"params", "LIST",
            "parameters of a new network: governance.stake_window_ms=60000, more by commas"}},
          run_localnet};
}

}  // namespace cambium::cli
