#include "engine/cometbft/process/settings.hpp"

#include <fmt/format.h>
#include <fmt/ranges.h>

#include "base/check.hpp"

namespace cambium::engine {
namespace {

// What 5 s are set to, so that deciding and executing a small block fit into them.
constexpr std::int64_t kComputeCommitMs = 4'950;
constexpr std::uint64_t kMaxBlockBytes = 4u << 20;

// TOML basic strings; our values hold no control characters.
std::string toml_text(std::string_view text) {
  std::string out = "\"";
  for (const char c : text) {
    if (c == '"' || c == '\\') out += '\\';
    out += c;
  }
  return out + '"';
}

std::string base_part(const CometSettings& s) {
  return fmt::format(
      "proxy_app = \"unix://{}\"\nmoniker = {}\nlog_level = {}\nlog_format = \"json\"\n"
      "abci = \"socket\"\nfilter_peers = false\npriv_validator_laddr = {}\n",
      kAbciSocket, toml_text(s.moniker), toml_text(s.log_level), toml_text(s.remote_signer));
}

// Batches and bodies are bounded by the mempool: usually only this machine can reach the port.
std::string rpc_part(const CometSettings& s) {
  return fmt::format("[rpc]\nladdr = \"tcp://{}:{}\"\nmax_request_batch_size = 0\n"
                     "max_body_bytes = {}\n", s.rpc_host, s.rpc_port, 4 * kMaxBlockBytes);
}

std::string p2p_part(const CometSettings& s) {
  std::string out = fmt::format(
      "[p2p]\nladdr = \"tcp://{}:{}\"\nexternal_address = {}\npersistent_peers = {}\nseeds = {}\n"
      "flush_throttle_timeout = \"10ms\"\n",
      s.p2p_host, s.p2p_port, toml_text(s.external_address),
      toml_text(fmt::format("{}", fmt::join(s.peers, ","))),
      toml_text(fmt::format("{}", fmt::join(s.seeds, ","))));
  if (s.private_net) {
    out += "addr_book_strict = false\nallow_duplicate_ip = true\n"
           "persistent_peers_max_dial_period = \"2s\"\n";
  }
  return out;
}

std::string mempool_part(const CometSettings& s) {
  return fmt::format("[mempool]\nsize = {}\nmax_txs_bytes = {}\nmax_tx_bytes = {}\n"
                     "cache_size = {}\n", s.mempool_txs, s.mempool_bytes, s.max_tx_bytes,
                     2 * s.mempool_txs);
}

std::string sync_part(const CometSettings& s) {
  if (s.state_sync.servers.empty()) return "[statesync]\nenable = false\n";
  return fmt::format("[statesync]\nenable = true\nrpc_servers = {}\ntrust_height = {}\n"
                     "trust_hash = {}\ntrust_period = \"336h\"\ndiscovery_time = \"5s\"\n"
                     "chunk_request_timeout = \"10s\"\n",
                     toml_text(fmt::format("{}", fmt::join(s.state_sync.servers, ","))),
                     s.state_sync.trust_height, toml_text(s.state_sync.trust_hash));
}

std::string consensus_part(const CometSettings& s) {
  const bool work = s.cadence == Cadence::work;
  const std::string idle = fmt::format("{}ms", s.idle_ms);
  return fmt::format("[consensus]\ncreate_empty_blocks = {}\ncreate_empty_blocks_interval = {}\n"
                     "timeout_commit = \"{}ms\"\npeer_gossip_sleep_duration = \"20ms\"\n",
                     work ? "false" : "true", toml_text(work ? idle : "0s"),
                     work ? s.commit_ms : std::max(s.commit_ms, kComputeCommitMs));
}

}  // namespace

Result<Cadence> parse_cadence(std::string_view name) {
  if (name == "work") return Cadence::work;
  if (name == "compute") return Cadence::compute;
  return fail(ErrorCode::invalid_input,
              fmt::format("engine.cadence is `{}`; choose work or compute.", name));
}

std::string config_toml(const CometSettings& settings) {
  return "# Written from cambium.toml at every start; change it there.\n" + base_part(settings) +
         rpc_part(settings) + p2p_part(settings) + mempool_part(settings) + sync_part(settings) +
         "[blocksync]\nversion = \"v0\"\n" + consensus_part(settings) +
         "[tx_index]\nindexer = \"null\"\n";
}

}  // namespace cambium::engine
