// cambium node join: prepares a home that takes over a running network's state, then runs it.
#include "node/localnet/join.hpp"

#include <fmt/format.h>

#include "cli/commands.hpp"
#include "cli/home_dir.hpp"

namespace cambium::cli {
namespace {

std::vector<std::string> split(std::string_view text) {
  std::vector<std::string> out;
  while (!text.empty()) {
    const auto comma = text.find(',');
    if (comma != 0) out.emplace_back(text.substr(0, comma));
    text = comma == text.npos ? "" : text.substr(comma + 1);
  }
  return out;
}

Result<std::uint16_t> port_of(const Invocation& call, std::string_view name,
                              std::uint16_t fallback) {
  TRY(const auto port, call.whole(name, fallback));
  if (port > 0 && port <= 65'535) return static_cast<std::uint16_t>(port);
  return fail(ErrorCode::invalid_input,
              fmt::format("--{} must be 1 to 65535, not {}.", name, port));
}

Status run_join(Invocation& call) {
  node::JoinPlan plan;
  TRY(plan.home, home_of(call));
  plan.genesis = call.flag_or("genesis", "");
  plan.servers = split(call.flag_or("servers", ""));
  plan.trust = call.flag_or("trust", "");
  plan.moniker = call.flag_or("moniker", "cambium");
  TRY(plan.api_port, port_of(call, "port", plan.api_port));
  TRY(plan.rpc_port, port_of(call, "rpc-port", plan.rpc_port));
  TRY(plan.p2p_port, port_of(call, "p2p-port", plan.p2p_port));
  TRY_STATUS(node::prepare_join(plan, call.random));
  return node_command().run(call);
}

}  // namespace

Command node_join_command() {
  return {"node join",
          "Join a network of validators by taking over a snapshot of its state",
          "cambium node join --genesis genesis.json --servers a:26657,b:26657 --trust 900:HASH",
          {},
          {{"genesis", "FILE", "the network's genesis.json"},
           {"servers", "LIST", "HOST:PORT of two or more CometBFT RPC servers, by commas"},
           {"trust", "HEIGHT:HASH", "a block of the last two weeks from somebody you trust"},
           {"moniker", "NAME", "name that peers see"},
           {"port", "N", "port of the API"},
           {"rpc-port", "N", "port of CometBFT's own interface"},
           {"p2p-port", "N", "port for other nodes"},
           {"exit-when-done", "", "stop once it serves; for tests"}},
          run_join};
}

}  // namespace cambium::cli
