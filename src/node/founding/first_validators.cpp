#include "node/founding/first_validators.hpp"

#include "cambium/bank/v1/bank.pb.h"
#include "cambium/staking/v1/staking.pb.h"
#include "schema/canonical.hpp"

namespace cambium::node {
namespace {

constexpr std::uint64_t kMaxCommission = kNano / 5;
constexpr std::uint64_t kCommission = kNano / 20;
constexpr std::uint64_t kCommissionStep = kNano / 100;

std::string text(ByteView bytes) { return to_string(bytes); }

chain::v1::ModuleGenesis& module_of(chain::v1::Genesis& genesis, std::string_view name) {
  for (auto& module : *genesis.mutable_modules()) {
    if (module.name() == name) return module;
  }
  auto* made = genesis.add_modules();
  made->set_name(std::string(name));
  return *made;
}

Status fund(chain::v1::Genesis& genesis, const crypto::Address& owner,
            const std::vector<FirstValidator>& validators) {
  auto& module = module_of(genesis, "bank");
  TRY(auto bank, schema::decode_as<cambium::bank::v1::Genesis>(as_bytes(module.state())));
  const std::uint64_t each = kFirstBond.ucbm + kFirstPurse.ucbm;
  for (auto& allocation : *bank.mutable_allocations()) {
    auto* coin = allocation.mutable_coin();
    if (allocation.account() != text(owner) || coin->amount() < each * validators.size()) continue;
    coin->set_amount(coin->amount() - each * validators.size());
    for (const auto& validator : validators) {
      auto* purse = bank.add_allocations();
      purse->set_account(text(validator.account));
      purse->mutable_coin()->set_denom("ucbm");
      purse->mutable_coin()->set_amount(each);
      purse->set_purpose("validator");
    }
    module.set_state(text(schema::encode(bank)));
    return {};
  }
  return fail(ErrorCode::refused, "The genesis has not enough coins for so many validators; ask "
                                  "for fewer.");
}

Status stake(chain::v1::Genesis& genesis, const std::vector<FirstValidator>& validators) {
  auto& module = module_of(genesis, "staking");
  TRY(auto staking, schema::decode_as<cambium::staking::v1::Genesis>(as_bytes(module.state())));
  for (const auto& validator : validators) {
    auto* out = staking.add_validators();
    out->set_operator_(text(validator.account));
    out->set_consensus_key(text(validator.consensus_key));
    out->set_self_bond_ucbm(kFirstBond.ucbm);
    out->mutable_commission()->set_rate_nano(kCommission);
    out->mutable_commission()->set_max_nano(kMaxCommission);
    out->mutable_commission()->set_max_change_nano(kCommissionStep);
    out->mutable_description()->set_moniker(validator.moniker);
  }
  module.set_state(text(schema::encode(staking)));
  return {};
}

}  // namespace

Status add_first_validators(chain::v1::Genesis& genesis, const crypto::Address& owner,
                            const std::vector<FirstValidator>& validators) {
  TRY_STATUS(fund(genesis, owner, validators));
  return stake(genesis, validators);
}

}  // namespace cambium::node
