#include "node/founding/genesis.hpp"

#include "chain/convert.hpp"
#include "chain/modules/bank/genesis.hpp"
#include "chain/records.hpp"
#include "crypto/sha256.hpp"
#include "cambium/datasets/v1/datasets.pb.h"
#include "cambium/evaluation/v1/evaluation.pb.h"
#include "cambium/interchain/v1/interchain.pb.h"
#include "cambium/models/v1/models.pb.h"
#include "cambium/rewards/v1/rewards.pb.h"
#include "node/node.hpp"
#include "schema/canonical.hpp"

namespace cambium::node {
namespace {

using crypto::Address;

/// About a third of a second of hashing on a slow core; tests need almost none.
constexpr std::uint32_t kWorkBits = 20;
constexpr std::uint32_t kNanoWorkBits = 8;
constexpr std::uint64_t kPacketTimeoutS = 24 * 3600;
constexpr std::uint32_t kMaxPacketBytes = 64 * 1024;

std::string text(ByteView bytes) { return to_string(bytes); }

/// An account that no key owns: the purse of a purpose.
Address purse(std::string_view purpose) {
  const Hash hash = crypto::sha256({as_bytes("cambium/purse/v1"), as_bytes(purpose)});
  return *Address::from(hash.view().first(20));
}

void add_module(chain::v1::Genesis& genesis, std::string_view name,
                const google::protobuf::Message* state = nullptr) {
  auto* module = genesis.add_modules();
  module->set_name(std::string(name));
  if (state != nullptr) module->set_state(text(schema::encode(*state)));
}

struct Share {
  Address account;
  std::uint64_t cbm;
};
std::vector<Share> founders_shares(const Founders& f) {
  return {{f.gateway, 10'000}, {f.evaluator, 1'000}, {f.relayer, 1'000}, {f.trainer, 100},
          {f.demo, 1'000}};
}

void allocate(cambium::bank::v1::Genesis& bank, const Share& share, std::string_view purpose) {
  auto* out = bank.add_allocations();
  out->set_account(text(share.account));
  out->mutable_coin()->set_denom("ucbm");
  out->mutable_coin()->set_amount(cbm(share.cbm).ucbm);
  out->set_purpose(std::string(purpose));
}

/// The operator holds the community's and the validators' parts; founders start from them.
cambium::bank::v1::Genesis utility_bank(const GenesisPlan& plan) {
  const Address owner = crypto::address_of(plan.founders.operator_key);
  auto bank = chain::bank::standard_genesis(
      {owner, purse("team"), purse("foundation"), purse("validators"), purse("open sale")},
      plan.time);
  for (auto& allocation : *bank.mutable_allocations()) {
    if (allocation.account() != text(owner)) continue;
    for (const auto& share : founders_shares(plan.founders)) {
      allocation.mutable_coin()->set_amount(allocation.coin().amount() - cbm(share.cbm).ucbm);
    }
    break;
  }
  for (const auto& share : founders_shares(plan.founders)) allocate(bank, share, "founder");
  return bank;
}

cambium::bank::v1::Genesis compute_bank(const GenesisPlan& plan) {
  cambium::bank::v1::Genesis bank;
  auto* token = bank.add_denominations();
  token->set_denom(chain::bank::kUcbm);
  token->set_name("CBM");
  token->set_decimals(6);
  allocate(bank, {crypto::address_of(plan.founders.operator_key), 100'000}, "fees");
  for (const auto& share : founders_shares(plan.founders)) allocate(bank, share, "fees");
  return bank;
}

cambium::interchain::v1::Genesis channel(const GenesisPlan& plan, std::string_view own,
                                         std::string_view other, std::string_view other_id) {
  cambium::interchain::v1::Genesis out;
  out.mutable_params()->set_packet_timeout_s(kPacketTimeoutS);
  out.mutable_params()->set_max_payload_bytes(kMaxPacketBytes);
  auto* client = out.add_clients();
  client->set_id(std::string(other));
  client->set_chain_id(std::string(other_id));
  client->set_counterparty(std::string(own));
  client->set_operator_key_type(static_cast<std::uint32_t>(plan.founders.operator_key.type));
  client->set_operator_key(text(plan.founders.operator_key.bytes));
  client->set_next_sequence(1);
  return out;
}

cambium::rewards::v1::Genesis rewards(std::string_view client) {
  cambium::rewards::v1::Genesis out;
  auto* params = out.mutable_params();
  params->set_treasury(text(chain::module_address("treasury")));  // the only one there is
  params->set_development(text(purse("development")));
  params->set_emission(!client.empty());
  params->set_reward_client(std::string(client));
  return out;
}

chain::v1::Genesis frame(const GenesisPlan& plan, std::string_view chain_id) {
  chain::v1::Genesis out;
  out.set_chain_id(std::string(chain_id));
  out.set_time_ms(plan.time.value);
  out.set_initial_height(1);
  *out.mutable_params() = chain::default_params();
  add_module(out, "accounts");
  return out;
}

cambium::models::v1::Genesis models(const GenesisPlan& plan) {
  cambium::models::v1::Genesis out;
  out.mutable_params()->set_work_bits(plan.profile == learn::Profile::nano ? kNanoWorkBits
                                                                           : kWorkBits);
  out.mutable_params()->add_authorities(text(crypto::address_of(plan.founders.operator_key)));
  return out;
}

cambium::evaluation::v1::Genesis evaluation(const GenesisPlan& plan) {
  const auto recipe = learn::recipe_of(plan.profile);
  cambium::evaluation::v1::Genesis out;
  auto* params = out.mutable_params();
  params->set_committee_size(1);
  params->set_commit_window_blocks(2);
  // A network of one measures on what its small datasets hold; production asks for 65,536 tokens.
  params->set_min_sequences(std::max<std::uint64_t>(2, recipe.sequences / 4));
  params->set_min_tokens(recipe.sequences / 4 * recipe.row_tokens);
  params->set_reward_client(std::string(kUtilityAlias));
  return out;
}

}  // namespace

chain::v1::Genesis utility_genesis(const GenesisPlan& plan) {
  auto out = frame(plan, kUtilityChainId);
  const auto bank = utility_bank(plan);
  add_module(out, "bank", &bank);
  add_module(out, "nodes");
  const auto paid = rewards(kComputeAlias);
  add_module(out, "rewards", &paid);
  const auto link = channel(plan, kUtilityAlias, kComputeAlias, kComputeChainId);
  add_module(out, "interchain", &link);
  cambium::datasets::v1::Genesis datasets;
  datasets.mutable_params()->add_clients(std::string(kComputeAlias));
  datasets.mutable_params()->add_authorities(
      text(crypto::address_of(plan.founders.operator_key)));
  add_module(out, "datasets", &datasets);
  // With the economy's numbers; who validates first is the caller's to say.
  for (const char* name : {"staking", "slashing", "governance", "treasury", "groups"}) {
    add_module(out, name);
  }
  return out;
}

chain::v1::Genesis compute_genesis(const GenesisPlan& plan) {
  auto out = frame(plan, kComputeChainId);
  const auto bank = compute_bank(plan);
  add_module(out, "bank", &bank);
  const auto parameter_dag = models(plan);
  add_module(out, "models", &parameter_dag);
  const auto proofs = evaluation(plan);
  add_module(out, "evaluation", &proofs);
  const auto paid = rewards("");
  add_module(out, "rewards", &paid);
  const auto link = channel(plan, kComputeAlias, kUtilityAlias, kUtilityChainId);
  add_module(out, "interchain", &link);
  cambium::datasets::v1::Genesis datasets;
  datasets.mutable_params()->set_source_client(std::string(kUtilityAlias));
  add_module(out, "datasets", &datasets);
  return out;
}

}  // namespace cambium::node
