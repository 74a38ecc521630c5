#include "engine/cometbft/process/light_block.hpp"

#include <fmt/format.h>

#include <charconv>
#include <ctime>
#include <nlohmann/json.hpp>

namespace cambium::engine {
namespace {

using Json = nlohmann::json;
namespace pb = tendermint::types;
constexpr std::int64_t kPerPage = 100;

/// Reads fields and remembers the first that was not as expected.
class Reader {
 public:
  const Json& at(const Json& object, const char* key) {
    static const Json kNothing;
    const auto found = object.is_object() ? object.find(key) : object.end();
    if (object.is_object() && found != object.end()) return *found;
    miss(key);
    return kNothing;
  }
  std::string text(const Json& object, const char* key) {
    const Json& value = at(object, key);
    if (value.is_string()) return value.get<std::string>();
    miss(key);
    return {};
  }
  /// Numbers come as numbers or, when they may be large, as text.
  std::int64_t whole(const Json& object, const char* key) {
    const Json& value = at(object, key);
    if (value.is_number_integer()) return value.get<std::int64_t>();
    const std::string digits = value.is_string() ? value.get<std::string>() : "";
    std::int64_t out = 0;
    const auto parsed = std::from_chars(digits.data(), digits.data() + digits.size(), out);
    if (parsed.ec != std::errc{}) miss(key);
    return out;
  }
  std::string hex(const Json& object, const char* key) {
    const auto bytes = from_hex(text(object, key));
    if (!bytes) miss(key);
    return bytes ? to_string(*bytes) : std::string();
  }
  std::string base64(const Json& value, const char* key) {
    const Json& found = at(value, key);
    if (found.is_null()) return {};  // an absent vote has no signature
    const auto bytes = from_base64(text(value, key));
    if (!bytes) miss(key);
    return bytes ? to_string(*bytes) : std::string();
  }
  void time(const Json& object, const char* key, google::protobuf::Timestamp& out) {
    const std::string written = text(object, key);
    std::tm parts{};
    const char* rest = ::strptime(written.c_str(), "%Y-%m-%dT%H:%M:%S", &parts);
    if (rest == nullptr) return miss(key);
    out.set_seconds(::timegm(&parts));
    if (*rest != '.') return;
    std::string digits(rest + 1);
    digits.resize(digits.find_first_not_of("0123456789"));
    digits.resize(9, '0');
    out.set_nanos(static_cast<std::int32_t>(std::strtol(digits.c_str(), nullptr, 10)));
  }
  Status status() const {
    if (missing_.empty()) return {};
    return fail(ErrorCode::corrupt,
                fmt::format("The consensus engine's answer lacks a proper `{}`.", missing_));
  }

 private:
  void miss(const char* key) {
    if (missing_.empty()) missing_ = key;
  }
  std::string missing_;
};

void read_block_id(Reader& in, const Json& json, pb::BlockID& out) {
  out.set_hash(in.hex(json, "hash"));
  const Json& parts = in.at(json, "parts");
  out.mutable_part_set_header()->set_total(static_cast<std::uint32_t>(in.whole(parts, "total")));
  out.mutable_part_set_header()->set_hash(in.hex(parts, "hash"));
}

void read_header(Reader& in, const Json& json, pb::Header& out) {
  const Json& version = in.at(json, "version");
  out.mutable_version()->set_block(static_cast<std::uint64_t>(in.whole(version, "block")));
  if (version.is_object() && version.contains("app")) {
    out.mutable_version()->set_app(static_cast<std::uint64_t>(in.whole(version, "app")));
  }
  out.set_chain_id(in.text(json, "chain_id"));
  out.set_height(in.whole(json, "height"));
  in.time(json, "time", *out.mutable_time());
  read_block_id(in, in.at(json, "last_block_id"), *out.mutable_last_block_id());
  out.set_last_commit_hash(in.hex(json, "last_commit_hash"));
  out.set_data_hash(in.hex(json, "data_hash"));
  out.set_validators_hash(in.hex(json, "validators_hash"));
  out.set_next_validators_hash(in.hex(json, "next_validators_hash"));
  out.set_consensus_hash(in.hex(json, "consensus_hash"));
  out.set_app_hash(in.hex(json, "app_hash"));
  out.set_last_results_hash(in.hex(json, "last_results_hash"));
  out.set_evidence_hash(in.hex(json, "evidence_hash"));
  out.set_proposer_address(in.hex(json, "proposer_address"));
}

void read_commit(Reader& in, const Json& json, pb::Commit& out) {
  out.set_height(in.whole(json, "height"));
  out.set_round(static_cast<std::int32_t>(in.whole(json, "round")));
  read_block_id(in, in.at(json, "block_id"), *out.mutable_block_id());
  for (const auto& item : in.at(json, "signatures")) {
    auto* vote = out.add_signatures();
    vote->set_block_id_flag(static_cast<pb::BlockIDFlag>(in.whole(item, "block_id_flag")));
    vote->set_validator_address(in.hex(item, "validator_address"));
    in.time(item, "timestamp", *vote->mutable_timestamp());
    vote->set_signature(in.base64(item, "signature"));
  }
}

void read_validator(Reader& in, const Json& json, pb::Validator& out) {
  out.set_address(in.hex(json, "address"));
  out.mutable_pub_key()->set_ed25519(in.base64(in.at(json, "pub_key"), "value"));
  out.set_voting_power(in.whole(json, "voting_power"));
  out.set_proposer_priority(in.whole(json, "proposer_priority"));
}

Status fetch_validators(const CometRpc& rpc, const std::string& height, pb::ValidatorSet& out) {
  Reader in;
  for (std::int64_t page = 1;; ++page) {
    TRY(const auto answer, rpc.call("validators", {{"height", height},
                                                   {"page", std::to_string(page)},
                                                   {"per_page", std::to_string(kPerPage)}}));
    for (const auto& item : in.at(answer, "validators")) {
      auto* validator = out.add_validators();
      read_validator(in, item, *validator);
      out.set_total_voting_power(out.total_voting_power() + validator->voting_power());
    }
    TRY_STATUS(in.status());
    if (out.validators_size() >= in.whole(answer, "total")) return in.status();
  }
}

}  // namespace

Result<pb::LightBlock> fetch_light_block(const CometRpc& rpc, Height height) {
  const std::string at = std::to_string(height.value);
  TRY(const auto answer, rpc.call("commit", {{"height", at}}));
  pb::LightBlock out;
  Reader in;
  const Json& signed_header = in.at(answer, "signed_header");
  read_header(in, in.at(signed_header, "header"), *out.mutable_signed_header()->mutable_header());
  read_commit(in, in.at(signed_header, "commit"), *out.mutable_signed_header()->mutable_commit());
  TRY_STATUS(in.status());
  TRY_STATUS(fetch_validators(rpc, at, *out.mutable_validator_set()));
  for (const auto& validator : out.validator_set().validators()) {
    if (validator.address() == out.signed_header().header().proposer_address()) {
      *out.mutable_validator_set()->mutable_proposer() = validator;
    }
  }
  return out;
}

}  // namespace cambium::engine
