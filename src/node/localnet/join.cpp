#include "node/localnet/join.hpp"

#include <fmt/format.h>
#include <fmt/ranges.h>

#include <charconv>
#include <fstream>
#include <nlohmann/json.hpp>
#include <sstream>

#include "base/durable_file.hpp"
#include "base/log.hpp"
#include "chain/genesis.hpp"
#include "client/http.hpp"
#include "engine/cometbft/process/home.hpp"
#include "node/chains/comet_settings.hpp"
#include "node/home.hpp"
#include "node/localnet/join_checkpoints.hpp"
#include "node/node.hpp"

namespace cambium::node {
namespace {

using Json = nlohmann::json;

Result<std::string> read_text(const std::filesystem::path& path) {
  std::ifstream in(path, std::ios::binary);
  std::ostringstream text;
  text << in.rdbuf();
  if (in && text) return text.str();
  return fail(ErrorCode::not_found, fmt::format("{} cannot be read; name the network's genesis "
                                                "file with --genesis.", path.string()));
}

/// "ID@HOST:PORT" of the node behind an RPC server.
Result<std::string> peer_of(const std::string& server) {
  TRY(const auto url, client::parse_url(server));
  const auto reply = client::Http(url).send({.target = "/status", .timeout_ms = 10'000});
  if (!reply) {
    return fail(ErrorCode::unavailable,
                fmt::format("No CometBFT answers at {}; name the RPC address of a node that "
                            "runs.", server));
  }
  const Json answer = Json::parse(reply->body, nullptr, false);
  const Json none = Json::object();
  const Json& result = answer.is_object() && answer.contains("result") ? answer["result"] : none;
  const Json& info = result.contains("node_info") ? result["node_info"] : none;
  const std::string id = info.value("id", "");
  const std::string listens = info.value("listen_addr", "");
  const auto colon = listens.rfind(':');
  if (id.empty() || colon == listens.npos) {
    return fail(ErrorCode::invalid_input, fmt::format("{} is no CometBFT RPC server.", server));
  }
  return fmt::format("{}@{}:{}", id, url.host, listens.substr(colon + 1));
}

std::string in_quotes(const std::vector<std::string>& items) {
  std::vector<std::string> out;
  for (const auto& item : items) out.push_back('"' + item + '"');
  return fmt::format("{}", fmt::join(out, ", "));
}

Result<std::string> settings_of(const JoinPlan& plan) {
  std::vector<std::string> peers;
  bool loopback = true;
  for (const auto& server : plan.servers) {
    TRY(auto peer, peer_of(server));
    loopback = loopback && peer.find("@127.0.0.1:") != peer.npos;
    peers.push_back(std::move(peer));
  }
  return fmt::format(
      "# Written by cambium node join.\n"
      "[node]\nroles = [\"validator\", \"gateway\"]\nchains = [\"utility\"]\n"
      "[engine]\nkind = \"cometbft\"\nmoniker = \"{}\"\np2p_host = \"{}\"\np2p_port = {}\n"
      "rpc_port = {}\npeers = [{}]\nprivate_net = {}\nsync_servers = [{}]\nsync_trust = \"{}\"\n"
      "[gateway]\nport = {}\ncompute_port = 0\n",
      plan.moniker, loopback ? "127.0.0.1" : "0.0.0.0", plan.p2p_port, plan.rpc_port,
      in_quotes(peers), loopback, in_quotes(plan.servers), plan.trust, plan.api_port);
}

}  // namespace

Status prepare_join(const JoinPlan& plan, Random& random) {
  engine::StateSync checked;
  TRY_STATUS(parse_trust(plan.trust, checked));
  if (plan.servers.size() < 2) {
    return fail(ErrorCode::invalid_input, "Name two RPC servers or more with --servers, so that "
                                          "one alone cannot deceive this node.");
  }
  const HomePaths paths{plan.home};
  TRY(const auto text, read_text(plan.genesis));
  TRY(const auto genesis, chain::genesis_from_json(text));
  checked.servers = plan.servers;
  TRY_STATUS(agrees_with_checkpoints(checked));
  TRY_STATUS(engine::make_comet_home({paths.comet(kUtilityAlias)}, random));
  TRY(const auto settings, settings_of(plan));
  TRY_STATUS(write_durably(paths.config(), {as_bytes(settings)}));
  spdlog::info("joining {}", genesis.chain_id());
  return write_durably(paths.genesis(kUtilityAlias), {as_bytes(text)});
}

}  // namespace cambium::node
