#include "node/chains/comet_settings.hpp"

#include <fmt/format.h>

#include <charconv>

#include "base/hex.hpp"
#include "node/node.hpp"

namespace cambium::node {
namespace {

constexpr std::uint64_t kShardPorts = 10;

Result<std::uint16_t> port_of(const Config& config, std::string_view key, std::string_view alias) {
  const auto port = config.whole(key) + (alias == kUtilityAlias ? 0 : kShardPorts);
  if (port > 0 && port <= 65'535) return static_cast<std::uint16_t>(port);
  return fail(ErrorCode::invalid_input,
              fmt::format("{} = {} is no port; choose one up to 65535.", key, port));
}

}  // namespace

Status parse_trust(std::string_view text, engine::StateSync& out) {
  const auto colon = text.find(':');
  const std::string_view height = text.substr(0, colon);
  const auto parsed =
      std::from_chars(height.data(), height.data() + height.size(), out.trust_height);
  out.trust_hash = colon == text.npos ? "" : std::string(text.substr(colon + 1));
  const auto hash = from_hex(out.trust_hash);
  if (parsed.ec == std::errc{} && out.trust_height > 0 && hash && hash->size() == Hash::kSize) {
    return {};
  }
  return fail(ErrorCode::invalid_input,
              fmt::format("`{}` is no trusted block: write HEIGHT:HASH, the hash of the block at "
                          "that height in hexadecimal, from somebody you trust.", text));
}

Result<engine::CometSettings> comet_settings(const Config& config, std::string_view alias) {
  engine::CometSettings out;
  TRY(out.cadence, engine::parse_cadence(config.text("engine.cadence")));
  out.moniker = config.text("engine.moniker");
  out.idle_ms = static_cast<std::int64_t>(config.whole("engine.utility_idle_ms"));
  out.commit_ms = static_cast<std::int64_t>(config.whole("engine.commit_ms"));
  out.p2p_host = config.text("engine.p2p_host");
  TRY(out.p2p_port, port_of(config, "engine.p2p_port", alias));
  out.rpc_host = config.text("engine.rpc_host");
  TRY(out.rpc_port, port_of(config, "engine.rpc_port", alias));
  out.external_address = config.text("engine.external_address");
  out.peers = config.list("engine.peers");
  out.seeds = config.list("engine.seeds");
  out.private_net = config.flag("engine.private_net");
  out.remote_signer = config.text("engine.remote_signer");
  out.mempool_txs = config.whole("engine.mempool_max_txs");
  out.mempool_bytes = config.whole("engine.mempool_max_mib") << 20;
  out.state_sync.servers = config.list("engine.sync_servers");
  if (!out.state_sync.servers.empty()) {
    TRY_STATUS(parse_trust(config.text("engine.sync_trust"), out.state_sync));
  }
  return out;
}

}  // namespace cambium::node
