#include "sim/validators/genesis.hpp"

#include <fmt/format.h>

#include "cambium/bank/v1/bank.pb.h"
#include "cambium/beacon/v1/beacon.pb.h"
#include "cambium/rewards/v1/rewards.pb.h"
#include "cambium/staking/v1/staking.pb.h"
#include "chain/convert.hpp"
#include "chain/modules/bank/bank.hpp"
#include "chain/records.hpp"
#include "schema/canonical.hpp"

namespace cambium::sim {
namespace {

std::string address(const crypto::SigningKey& key) {
  return to_string(crypto::address_of(key.public_key()));
}

void add_module(chain::v1::Genesis& genesis, const char* name,
                const google::protobuf::Message* state = nullptr) {
  auto* module = genesis.add_modules();
  module->set_name(name);
  if (state != nullptr) module->set_state(to_string(schema::encode(*state)));
}

void give(cambium::bank::v1::Genesis& bank, const crypto::SigningKey& key, std::uint64_t cbm_) {
  auto* out = bank.add_allocations();
  out->set_account(address(key));
  *out->mutable_coin() = chain::bank::coin(cbm(cbm_));
  out->set_purpose("simulation");
}

}  // namespace

void add_beacon(chain::v1::Genesis& genesis) {
  cambium::beacon::v1::Genesis beacon;
  beacon.mutable_params()->set_epoch_ms(20 * 60'000);
  beacon.mutable_params()->set_deal_window_ms(60'000);
  beacon.mutable_params()->set_complaint_window_ms(60'000);
  add_module(genesis, "beacon", &beacon);
}

chain::v1::Genesis validators_genesis(const Cast& cast, TimeMs start) {
  chain::v1::Genesis out;
  out.set_chain_id("sim-1");
  out.set_time_ms(start.value);
  out.set_initial_height(1);
  *out.mutable_params() = chain::default_params();
  cambium::bank::v1::Genesis bank;
  auto* token = bank.add_denominations();
  token->set_denom(chain::bank::kUcbm);
  token->set_name("CBM");
  token->set_decimals(6);
  cambium::staking::v1::Genesis staking;
  for (std::size_t i = 0; i < cast.operators.size(); ++i) {
    give(bank, *cast.operators[i], 210'000);
    auto* validator = staking.add_validators();
    validator->set_operator_(address(*cast.operators[i]));
    validator->set_consensus_key(to_string(cast.consensus[i]->public_key().bytes));
    validator->set_self_bond_ucbm(cbm(200'000).ucbm);
    validator->mutable_commission()->set_rate_nano(kNano / 20);
    validator->mutable_commission()->set_max_nano(kNano / 5);
    validator->mutable_commission()->set_max_change_nano(kNano / 100);
    validator->mutable_description()->set_moniker(fmt::format("validator-{}", i));
  }
  for (const auto& client : cast.clients) give(bank, *client, 100'000);
  cambium::rewards::v1::Genesis rewards;
  rewards.mutable_params()->set_emission(true);
  rewards.mutable_params()->set_reward_client("none");
  add_module(out, "accounts");
  add_module(out, "bank", &bank);
  add_module(out, "rewards", &rewards);
  add_module(out, "staking", &staking);
  add_module(out, "slashing");
  return out;
}

}  // namespace cambium::sim
