#include "cli/commands/validator/consensus_key.hpp"

#include <fmt/format.h>

#include <fstream>
#include <sstream>

#include "chain/convert.hpp"
#include "chain/modules/staking/create.hpp"
#include "cli/home_dir.hpp"
#include "cli/node_link.hpp"
#include "engine/cometbft/process/home.hpp"

namespace cambium::cli {
namespace {

constexpr std::size_t kSeed = 32;  // the first half of what CometBFT keeps

Result<std::filesystem::path> file_of(const Invocation& call) {
  if (const auto named = call.flag("key-file")) return std::filesystem::path(*named);
  TRY(const auto home, home_of(call));
  return engine::CometHome{node::HomePaths{home}.comet(chain_of(call))}.validator_key();
}

Result<std::unique_ptr<crypto::SigningKey>> key_in(const std::filesystem::path& file) {
  std::ifstream in(file);
  std::ostringstream text;
  text << in.rdbuf();
  const auto json = Json::parse(text.str(), nullptr, false);
  const auto secret = client::from_base64(client::text_at(client::child_at(json, "priv_key"),
                                                          "value"));
  if (secret && secret->size() == 2 * kSeed) {
    return crypto::key_from_secret(crypto::KeyType::ed25519, ByteView(*secret).first(kSeed));
  }
  return fail(ErrorCode::not_found,
              fmt::format("There is no consensus key in {}; name CometBFT's "
                          "priv_validator_key.json with --key-file.", file.string()));
}

}  // namespace

Flag key_file_flag() {
  return {"key-file", "FILE", "CometBFT's priv_validator_key.json; this home's when left out"};
}

Status put_consensus_key(Invocation& call, google::protobuf::Message& message) {
  TRY(const auto file, file_of(call));
  TRY(const auto key, key_in(file));
  TRY(const auto node, node_of(call));
  TRY(const auto status, client::ChainApi(node, chain_of(call)).status());
  const auto* r = message.GetReflection();
  const auto* type = message.GetDescriptor();
  const auto operator_ = chain::to_address(r->GetString(message, type->FindFieldByNumber(1)));
  const auto statement = chain::staking::possession_statement(status.chain_id, operator_);
  r->SetString(&message, type->FindFieldByName("consensus_key"),
               to_string(key->public_key().bytes));
  r->SetString(&message, type->FindFieldByName("possession"), to_string(key->sign(statement)));
  return {};
}

}  // namespace cambium::cli
