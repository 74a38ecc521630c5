#include "cli/commands/snapshot/voting_key.hpp"

#include <fmt/format.h>

#include "base/durable_file.hpp"
#include "chain/modules/staking/tables.hpp"
#include "cli/home_dir.hpp"
#include "engine/cometbft/process/home.hpp"
#include "engine/cometbft/validators.hpp"
#include "engine/recovery/stopped_chain.hpp"
#include "node/node.hpp"

namespace cambium::cli {
namespace {

using chain::staking::kActiveSet;

bool votes(const state::View& state, ByteView key) {
  return state.get(kActiveSet.key({engine::consensus_address(key)})).has_value();
}

std::size_t count_validators(const state::View& state) {
  std::size_t count = 0;
  state.scan({kActiveSet.prefix(), {}}, [&](ByteView, ByteView) {
    ++count;
    return true;
  });
  return count;
}

/// One that votes for nobody here, kept under its name.
Status put_aside(const std::filesystem::path& file, ByteView key) {
  const std::string name = fmt::format("priv_validator_key.{}.json",
                                       to_hex(engine::consensus_address(key)).substr(0, 8));
  return rename_file({file, file.parent_path() / name});
}

}  // namespace

Result<std::string> settle_voting_key(Invocation& call, const node::HomePaths& paths,
                                      const std::string& alias) {
  TRY(const auto chain, engine::StoppedChain::open(paths.root, alias));
  const auto newest = chain.newest();
  if (!newest) return std::string();
  TRY(const auto view, chain.state_at(*newest));
  const std::size_t validators = count_validators(view);
  if (validators == 0) return std::string();
  const engine::CometHome comet{paths.comet(alias)};
  const std::string file = comet.validator_key().string();
  TRY(const auto present, engine::validator_key_of(comet));
  if (present && votes(view, *present)) {
    return fmt::format("{}: the consensus key in {} votes for its validator.", alias, file);
  }
  TRY(auto keys, node::Keystore::open(paths.keys(), passphrase_of(call)));
  const auto key = keys.find(std::string(node::kOperatorKey));
  if (key && votes(view, (*key)->public_key().bytes)) {
    if (present) TRY_STATUS(put_aside(comet.validator_key(), *present));
    TRY_STATUS(engine::adopt_validator_key(comet, **key));
    return fmt::format("{}: the key `{}` votes for its validator; as CometBFT wants it, it lies "
                       "unencrypted in {} now.", alias, node::kOperatorKey, file);
  }
  return fmt::format("{}: no key of this home is one of its {} validators', so this node will only "
                     "follow their blocks. To let it vote bring a validator's "
                     "priv_validator_key.json to {}, or set engine.remote_signer, before it "
                     "starts.", alias, validators, file);
}

}  // namespace cambium::cli
