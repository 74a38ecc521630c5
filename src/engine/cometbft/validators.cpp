#include "engine/cometbft/validators.hpp"

#include "chain/modules/staking/staking.hpp"
#include "chain/modules/staking/tables.hpp"
#include "crypto/sha256.hpp"

namespace cambium::engine {
namespace {

bool has_staking(const chain::Registry& registry) {
  return registry.module("staking") != nullptr;
}

}  // namespace

chain::Address consensus_address(ByteView key) {
  const Hash digest = crypto::sha256(key);
  return *chain::Address::from(digest.view().first(chain::Address{}.data.size()));
}

std::vector<ValidatorPower> set_updates(const chain::Registry& registry, const state::Diff& diff) {
  std::vector<ValidatorPower> out;
  if (!has_staking(registry)) return out;
  for (auto& update : chain::staking::validator_updates(diff)) {
    out.push_back({std::move(update.key), update.power});
  }
  return out;
}

state::Diff validators_in(const chain::Registry& registry, const state::View& state) {
  state::Diff out;
  if (!has_staking(registry)) return out;
  state.scan({chain::staking::kActiveSet.prefix(), {}}, [&](ByteView key, ByteView value) {
    out.push_back({to_bytes(key), std::nullopt, to_bytes(value)});
    return true;
  });
  return out;
}

chain::Address proposer_account(const StateReader& state, const chain::Address& consensus) {
  if (!has_staking(state.registry)) return consensus;
  const chain::BlockInfo nothing{};
  chain::GasMeter unmetered({UINT64_MAX});
  const chain::ReadContext ctx(state.view, {nothing, state.verifier, &state.registry}, unmetered);
  return chain::staking::operator_of(ctx, consensus).value_or(consensus);
}

}  // namespace cambium::engine
