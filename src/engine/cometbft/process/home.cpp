#include "engine/cometbft/process/home.hpp"

#include <fmt/chrono.h>
#include <fmt/format.h>
#include <sys/stat.h>

#include <fstream>
#include <nlohmann/json.hpp>

#include "base/durable_file.hpp"
#include "engine/cometbft/process/rpc.hpp"

namespace cambium::engine {
namespace {

using Json = nlohmann::ordered_json;
namespace fs = std::filesystem;
constexpr std::int64_t kBlockBytes = 4 << 20;
constexpr std::int64_t kEvidenceAgeNs = std::int64_t{21} * 24 * 3'600 * 1'000'000'000;
constexpr std::int64_t kEvidenceAgeBlocks = 21 * 24 * 720;  // one in five seconds

std::string tagged(std::string_view kind) { return fmt::format("tendermint/{}Ed25519", kind); }

Json public_json(ByteView key) {
  return {{"type", tagged("PubKey")}, {"value", to_base64(key)}};
}

// Go's form of a secret key is the seed and the public key after it.
Json secret_json(const crypto::SigningKey& key) {
  Bytes both = key.secret();
  append(both, key.public_key().bytes);
  return {{"type", tagged("PrivKey")}, {"value", to_base64(both)}};
}

std::string upper_hex(ByteView bytes) {
  std::string text = to_hex(bytes);
  for (char& c : text) c = static_cast<char>(std::toupper(static_cast<unsigned char>(c)));
  return text;
}

Status write_secret(const fs::path& path, const Json& json) {
  const mode_t before = ::umask(0077);
  const Status written = write_durably(path, {as_bytes(json.dump(2))});
  ::umask(before);
  return written;
}

/// The public key in a file that holds a secret one in Go's form.
Result<Bytes> public_of(const fs::path& path) {
  std::ifstream in(path);
  const Json json = Json::parse(in, nullptr, false);
  if (json.is_object() && json.contains("priv_key")) {
    const auto& value = json["priv_key"].value("value", "");
    const auto bytes = from_base64(value);
    if (bytes && bytes->size() == 64) return Bytes(bytes->begin() + 32, bytes->end());
  }
  return fail(ErrorCode::corrupt, fmt::format("{} holds no Ed25519 key; restore it from a backup.",
                                              path.string()));
}

Status write_validator_key(const CometHome& home, const crypto::SigningKey& key) {
  const Bytes& pub = key.public_key().bytes;
  return write_secret(home.validator_key(), {{"address", upper_hex(consensus_address(pub))},
                                             {"pub_key", public_json(pub)},
                                             {"priv_key", secret_json(key)}});
}

Result<Bytes> validator_key(const CometHome& home, Random& random) {
  std::error_code error;
  if (fs::exists(home.validator_key(), error)) return public_of(home.validator_key());
  const auto key = crypto::generate_key(crypto::KeyType::ed25519, random);
  TRY_STATUS(write_validator_key(home, *key));
  return key->public_key().bytes;
}

Result<Bytes> node_key(const CometHome& home, Random& random) {
  std::error_code error;
  if (fs::exists(home.node_key(), error)) return public_of(home.node_key());
  const auto key = crypto::generate_key(crypto::KeyType::ed25519, random);
  TRY_STATUS(write_secret(home.node_key(), {{"priv_key", secret_json(*key)}}));
  return key->public_key().bytes;
}

std::string rfc3339(TimeMs time) {
  const auto seconds = static_cast<std::time_t>(time.value / 1'000);
  return fmt::format("{:%Y-%m-%dT%H:%M:%S}.{:03}Z", fmt::gmtime(seconds), time.value % 1'000);
}

}  // namespace

Status adopt_validator_key(const CometHome& home, const crypto::SigningKey& key) {
  std::error_code error;
  if (fs::exists(home.validator_key(), error)) return {};
  fs::create_directories(home.config(), error);
  return write_validator_key(home, key);
}

Result<std::optional<Bytes>> validator_key_of(const CometHome& home) {
  std::error_code error;
  if (!fs::exists(home.validator_key(), error)) return std::optional<Bytes>();
  TRY(auto key, public_of(home.validator_key()));
  return std::optional(std::move(key));
}

Result<CometKeys> make_comet_home(const CometHome& home, Random& random) {
  std::error_code error;
  for (const auto& folder : {home.config(), home.data()}) {
    fs::create_directories(folder, error);
    if (error) return tl::unexpected<Error>(io_error("making the consensus folder", folder));
  }
  fs::permissions(home.root, fs::perms::owner_all, error);
  CometKeys keys;
  TRY(keys.consensus, validator_key(home, random));
  TRY(const auto node, node_key(home, random));
  keys.node_id = to_hex(consensus_address(node));
  if (!fs::exists(home.validator_state(), error)) {
    const Json fresh = {{"height", "0"}, {"round", 0}, {"step", 0}};
    TRY_STATUS(write_secret(home.validator_state(), fresh));
  }
  return keys;
}

std::string consensus_genesis_json(const ConsensusGenesis& genesis) {
  Json out = {
      {"genesis_time", rfc3339({genesis.genesis.time_ms()})},
      {"chain_id", genesis.genesis.chain_id()},
      {"initial_height", std::to_string(genesis.genesis.initial_height())},
      {"consensus_params",
       {{"block", {{"max_bytes", std::to_string(kBlockBytes)}, {"max_gas", "-1"}}},
        {"evidence",
         {{"max_age_num_blocks", std::to_string(kEvidenceAgeBlocks)},
          {"max_age_duration", std::to_string(kEvidenceAgeNs)},
          {"max_bytes", "1048576"}}},
        {"validator", {{"pub_key_types", Json::array({"ed25519"})}}},
        {"version", {{"app", "1"}}},
        {"abci",
         {{"vote_extensions_enable_height", std::to_string(genesis.vote_extensions_from)}}}}},
      {"app_hash", ""},
      {"app_state", {{"cambium_genesis", genesis.genesis_hash.hex()}}}};
  if (!genesis.validators.empty()) out["validators"] = Json::array();
  for (const auto& validator : genesis.validators) {
    out["validators"].push_back({{"address", upper_hex(consensus_address(validator.key))},
                                 {"pub_key", public_json(validator.key)},
                                 {"power", std::to_string(validator.power)},
                                 {"name", ""}});
  }
  return out.dump(2) + "\n";
}

Status write_comet_files(const CometHome& home, const CometSettings& settings,
                         const ConsensusGenesis& genesis) {
  TRY_STATUS(write_durably(home.toml(), {as_bytes(config_toml(settings))}));
  std::error_code error;
  if (fs::exists(home.genesis(), error)) return {};
  return write_durably(home.genesis(), {as_bytes(consensus_genesis_json(genesis))});
}

}  // namespace cambium::engine
