// CometBFT's files, written from our settings: what a person sets in cambium.toml and what follows.
#pragma once

#include <filesystem>
#include <string>
#include <vector>

#include "base/result.hpp"

namespace cambium::engine {

/// When blocks are made.
enum class Cadence : std::uint8_t {
  work,     // as soon as there is work, one every 30 s when idle
  compute,  // every 5 s
};
/// `work` or `compute`; `invalid_input` otherwise.
Result<Cadence> parse_cadence(std::string_view name);

/// Where a new node takes its state from, and whom it trusts for it.
struct StateSync {
  std::vector<std::string> servers;  // "host:port" of at least two RPC servers
  std::uint64_t trust_height = 0;
  std::string trust_hash;  // hexadecimal, of the block at that height
};

struct CometSettings {
  std::string moniker;
  Cadence cadence = Cadence::work;
  std::int64_t idle_ms = 30'000;
  std::int64_t commit_ms = 500;  // a validator waits so long for late votes; longest for `compute`
  std::string p2p_host = "127.0.0.1";
  std::uint16_t p2p_port = 26'656;
  std::string rpc_host = "127.0.0.1";  // others only where joining nodes are to be served
  std::uint16_t rpc_port = 26'657;
  std::string external_address;     // what others dial; empty: as seen
  std::vector<std::string> peers;   // "id@host:port"
  std::vector<std::string> seeds;
  bool private_net = false;  // all on one machine or behind one address
  std::string remote_signer;  // address to listen on for a signer; empty: the key file
  std::uint64_t mempool_txs = 20'000;
  std::uint64_t mempool_bytes = 64u << 20;
  std::uint64_t max_tx_bytes = 1u << 20;
  std::string log_level = "info";
  StateSync state_sync;
};

/// The whole text of config.toml; what is not named keeps CometBFT's default.
std::string config_toml(const CometSettings& settings);

/// Loopback ports are named so in CometBFT's settings.
inline constexpr std::string_view kAbciSocket = "abci.sock";

}  // namespace cambium::engine
