#include "chain/modules/testing/stake_story.hpp"

#include <algorithm>

#include "chain/modules/staking/create.hpp"
#include "schema/canonical.hpp"

namespace cambium::chain::testing {
namespace {

const std::vector<std::string> kNames = {"vera", "vito", "vlad", "dora", "erin", "fred"};

void set_state(v1::Genesis& genesis, const std::string& name, const ProtoMessage& state) {
  auto* part = genesis.add_modules();
  part->set_name(name);
  part->set_state(to_string(schema::encode(state)));
}

}  // namespace

v1::Genesis StakeStory::genesis(const StakeSetup& setup) {
  std::vector<Funds> funds;
  for (const auto& name : kNames) {
    Amount amount = cbm(2'000'000);
    for (const auto& first : setup.validators) {
      if (first.name == name) amount.ucbm += cbm(first.self_bond_cbm).ucbm;
    }
    funds.push_back({actor(name), amount});
  }
  spb::Genesis staking;
  *staking.mutable_params() = setup.params;
  for (const auto& first : setup.validators) {
    auto* validator = staking.add_validators();
    validator->set_operator_(actor(first.name).field());
    validator->set_consensus_key(to_string(consensus_key(first.name).key->public_key().bytes));
    validator->set_self_bond_ucbm(cbm(first.self_bond_cbm).ucbm);
    validator->mutable_commission()->set_rate_nano(percent(first.commission_percent).nano);
    validator->mutable_commission()->set_max_nano(percent(20).nano);
    validator->mutable_commission()->set_max_change_nano(percent(2).nano);
    validator->mutable_description()->set_moniker(first.name);
  }
  auto out = World::genesis(funds, setup.modules);
  set_state(out, "staking", staking);
  out.add_modules()->set_name("slashing");
  return out;
}

Actor StakeStory::consensus_key(const std::string& name) {
  return actor(name + "'s consensus key");
}

Address StakeStory::consensus(const std::string& name) {
  return staking::consensus_address(consensus_key(name).key->public_key().bytes);
}

Step StakeStory::create(const Actor& who, std::uint64_t self_bond_cbm) {
  const Actor key = consensus_key(who.name);
  spb::CreateValidator msg;
  msg.set_consensus_key(to_string(key.key->public_key().bytes));
  msg.set_possession(
      to_string(key.key->sign(staking::possession_statement("test-1", who.address()))));
  msg.set_self_bond_ucbm(cbm(self_bond_cbm).ucbm);
  msg.mutable_commission()->set_rate_nano(percent(5).nano);
  msg.mutable_commission()->set_max_nano(percent(20).nano);
  msg.mutable_commission()->set_max_change_nano(percent(1).nano);
  msg.mutable_description()->set_moniker(who.name);
  return step(who, msg);
}

Step StakeStory::delegate(const Actor& who, const Actor& validator, std::uint64_t amount_cbm) {
  spb::Delegate msg;
  msg.set_validator(validator.field());
  msg.set_amount_ucbm(cbm(amount_cbm).ucbm);
  return step(who, msg);
}

Step StakeStory::undelegate(const Actor& who, const Actor& validator, std::uint64_t amount_cbm) {
  spb::Undelegate msg;
  msg.set_validator(validator.field());
  msg.set_amount_ucbm(cbm(amount_cbm).ucbm);
  return step(who, msg);
}

Step StakeStory::unjail(const Actor& who) { return step(who, spb::Unjail{}); }

CommitFacts StakeStory::votes(const std::set<std::string>& absent) const {
  CommitFacts facts;
  const auto ctx = w.read();
  staking::kActiveSet.scan(ctx, staking::kActiveSet.prefix(), [&](const auto& key, const auto& v) {
    const Address who = std::get<0>(key);
    const bool away = std::ranges::any_of(
        absent, [&](const std::string& name) { return consensus(name) == who; });
    facts.votes.push_back(
        {who, v.power(), away ? BlockVote::Kind::absent : BlockVote::Kind::committed});
    return ScanStep::next;
  });
  return facts;
}

void StakeStory::block(const std::set<std::string>& absent) {
  w.report(votes(absent));
  w.seal();
}

void StakeStory::double_sign(const std::string& name, Height where, TimeMs when) {
  auto facts = votes();
  facts.misbehaviour.push_back({consensus(name), where, when, 0});
  w.report(facts);
  w.seal();
  w.report(votes());
}

void StakeStory::pass(std::int64_t ms, const std::set<std::string>& absent,
                      std::int64_t interval_ms) {
  for (std::int64_t gone = 0; gone < ms; gone += interval_ms) {
    w.advance(std::min(interval_ms, ms - gone) - 1'000);
    block(absent);
  }
}

spb::Validator StakeStory::record(const Actor& validator) const {
  return staking::kValidators.get_or_default(w.read(), {validator.address()});
}

std::uint64_t StakeStory::stake(const Actor& who, const Actor& validator) const {
  for (const auto& item : staking::stakes_of(w.read(), who.address())) {
    if (item.validator == validator.address()) return item.amount.ucbm;
  }
  return 0;
}

std::uint64_t StakeStory::power(const Actor& validator) const {
  const auto key = staking::consensus_address(as_bytes(record(validator).consensus_key()));
  return staking::kActiveSet.get_or_default(w.read(), {key}).power();
}

}  // namespace cambium::chain::testing
