// Random stake against the naive model: same balances, same stake, same set, block after block.
// CAMBIUM_STAKE_OPERATIONS makes it longer; the long test runs a million.
#include <gtest/gtest.h>

#include <cstdlib>
#include <iostream>

#include "chain/dispatch.hpp"
#include "chain/modules/slashing/slashing.hpp"
#include "chain/modules/staking/create.hpp"
#include "chain/modules/testing/stake_model.hpp"
#include "chain/modules/testing/stake_story.hpp"
#include "schema/canonical.hpp"

namespace cambium::chain::staking {
namespace {

using namespace testing;

/// Entries without history: a state that a million operations may walk over.
class MapView final : public state::View {
 public:
  std::optional<Bytes> get(ByteView key) const override {
    const auto at = entries_.find(key);
    return at == entries_.end() ? std::nullopt : std::optional(at->second);
  }
  void scan(state::Range range, const Visit& visit) const override {
    auto at = range.start_after.empty() ? entries_.lower_bound(range.prefix)
                                        : entries_.upper_bound(range.start_after);
    for (; at != entries_.end(); ++at) {
      const ByteView key = at->first;
      if (key.size() < range.prefix.size() ||
          !equal(key.first(range.prefix.size()), range.prefix) || !visit(key, at->second)) {
        return;
      }
    }
  }
  void apply(const state::Diff& diff) {
    for (const auto& change : diff) {
      if (change.after) entries_[change.key] = *change.after;
      else entries_.erase(change.key);
    }
  }

 private:
  struct Less {
    using is_transparent = void;
    bool operator()(ByteView a, ByteView b) const { return less(a, b); }
  };
  std::map<Bytes, Bytes, Less> entries_;
};

const std::vector<std::string> kNames = {"vera", "vito", "vlad", "dora", "erin", "fred"};
constexpr std::size_t kOperators = 4;

v1::Genesis first_state() {
  StakeSetup setup;
  setup.validators = {{"vera", 100'000, 0}, {"vito", 150'000, 7}, {"vlad", 100'001, 20},
                      {"dora", 130'000, 1}};
  setup.params.set_max_validators(3);
  auto genesis = StakeStory::genesis(setup);
  bank::pb::Genesis coins;
  CHECK(schema::decode(as_bytes(genesis.modules(0).state()), coins), "it was just encoded");
  for (auto& allocation : *coins.mutable_allocations()) {
    if (allocation.account() != actor("fred").field()) continue;
    auto& vesting = *allocation.mutable_vesting();  // half of it, over two years
    vesting.set_amount_ucbm(cbm(1'000'000).ucbm);
    vesting.set_start_ms(genesis.time_ms());
    vesting.set_end_ms(730 * kDay);
  }
  genesis.mutable_modules(0)->set_state(to_string(schema::encode(coins)));
  return genesis;
}

class Walk {
 public:
  explicit Walk(std::uint64_t seed) : random_(seed), genesis_(first_state()) {
    registry_ = *registry_for(genesis_);
    state_.apply(*init_genesis(registry_, genesis_));
    block_.chain_id = genesis_.chain_id();
    block_.time = {genesis_.time_ms()};
    block_.proposer = module_address("proposer");
    for (const auto& name : kNames) who_.push_back(actor(name));
    keys_ = {StakeStory::consensus_key("vera"), StakeStory::consensus_key("vito"),
             StakeStory::consensus_key("vlad"), StakeStory::consensus_key("dora")};
    begin_model();
  }

  void run(std::size_t operations);
  /// How often each kind of operation was taken.
  const std::map<std::string, std::size_t>& accepted() const { return accepted_; }

 private:
  using Id = StakeModel::Id;
  ReadContext read() { return ReadContext(state_, {block_, verifier_, &registry_}, unmetered_); }

  void begin_model() {
    auto& m = model_;
    m.now = m.genesis = genesis_.time_ms();
    m.epoch_start = 1;
    m.validators.resize(kOperators);
    std::vector<Address> sorted;
    for (const auto& actor : who_) sorted.push_back(actor.address());
    std::ranges::sort(sorted);
    for (Id id = 0; id < who_.size(); ++id) {
      m.balances.push_back(balance(who_[id].address()));
      m.supply += m.balances.back();
      m.order[id] = std::size_t(std::ranges::find(sorted, who_[id].address()) - sorted.begin());
    }
    for (Id id = 0; id < kOperators; ++id) {
      const auto record = kValidators.get_or_default(read(), {who_[id].address()});
      m.supply += record.tokens_ucbm();
      m.validators[id].commission_nano = record.commission().rate_nano();
      m.add({id, id, record.tokens_ucbm()});
    }
    m.choose_set();
    for (const Id id : m.active) m.validators[id].from_height = 1;
  }

  std::uint64_t balance(const Address& account) {
    return bank::kBalances.get_or_default(read(), {account, bank::kUcbm}).amount();
  }
  std::uint64_t spendable(Id id) { return bank::spendable(read(), {who_[id].address()}); }

  /// The message by the production path, without signature and fee.
  template <class M>
  TxStatus send(Id sender, M message) {
    const auto step = testing::step(who_[sender], std::move(message));
    const Bytes bytes = schema::encode(step.body.msgs(0));
    state::Overlay overlay(static_cast<const state::View&>(state_));
    Context ctx(overlay, {block_, verifier_, &registry_}, unmetered_);
    const Address actor = who_[sender].address();
    const TxStatus status = run_dispatch(ctx, {actor, bytes}, {UINT64_MAX / 2});
    EXPECT_NE(name(status), name(invariant_violated));
    if (status == ok) state_.apply(overlay.diff());
    return status;
  }
  void agree(TxStatus status, bool expected, const char* what) {
    if (status == ok) ++accepted_[what];
    ASSERT_EQ(status == ok, expected) << what << ": " << name(status);
  }

  std::uint64_t amount(std::uint64_t about) {
    switch (random_.below(4)) {
      case 0: return 1 + random_.below(5);
      case 1: return about == 0 ? 1 : about;  // all of it
      case 2: return 1 + random_.below(about + 2);
      default: return 1 + random_.below(cbm(20'000).ucbm);
    }
  }

  /// Most validators stay free, or soon nothing would be allowed any more.
  bool may_offend() const {
    return std::ranges::count_if(model_.validators, [](auto& v) { return v.jailed; }) < 2;
  }
  void operate();
  void try_delegate(Id account, Id validator);
  void try_undelegate(Id account, Id validator);
  void try_redelegate(Id account, Id from, Id to);
  void try_cancel();
  void try_unjail(Id validator);
  void try_offence(Id validator);
  void try_withdraw(Id account, Id validator);
  void send_to_pool();
  void end_block();
  void compare();

  SeededRandom random_;
  v1::Genesis genesis_;
  Registry registry_;
  MapView state_;
  crypto::BasicVerifier verifier_;
  GasMeter unmetered_{{UINT64_MAX}};
  BlockInfo block_;
  std::vector<Actor> who_;
  std::vector<Actor> keys_;
  std::size_t rekeyed_ = 0;
  std::map<std::string, std::size_t> accepted_;
  StakeModel model_;
};

void Walk::try_delegate(Id account, Id validator) {
  // The module joins the locks of more than 16 bonds; the model does not.
  if (account == validator) {
    const auto& locks = model_.validators[validator].locks;
    if (std::ranges::count_if(locks, [&](auto& l) { return l.second > model_.now; }) >= 15) return;
  }
  const auto wanted = amount(spendable(account) / 50);
  const auto free = spendable(account);
  pb::Delegate msg;
  msg.set_validator(who_[validator].field());
  msg.set_amount_ucbm(wanted);
  const auto status = send(account, msg);
  agree(status, model_.delegate({account, validator, wanted}, free), "delegate");
}

void Walk::try_undelegate(Id account, Id validator) {
  const auto wanted = amount(model_.free_of({account, validator, 0}));
  pb::Undelegate msg;
  msg.set_validator(who_[validator].field());
  msg.set_amount_ucbm(wanted);
  const auto status = send(account, msg);
  agree(status, model_.undelegate({account, validator, wanted}), "undelegate");
}

void Walk::try_redelegate(Id account, Id from, Id to) {
  if (account == to) return;  // the list of locks again
  const auto wanted = amount(model_.free_of({account, from, 0}));
  pb::Redelegate msg;
  msg.set_from(who_[from].field());
  msg.set_to(who_[to].field());
  msg.set_amount_ucbm(wanted);
  const auto status = send(account, msg);
  agree(status, model_.redelegate({account, from, wanted}, to), "redelegate");
}

void Walk::try_cancel() {
  if (model_.leaving.empty()) return;
  const auto entry = model_.leaving[random_.below(model_.leaving.size())];
  if (entry.account == entry.validator) return;
  const auto wanted = amount(entry.left);
  pb::CancelUnbonding msg;
  msg.set_validator(who_[entry.validator].field());
  msg.set_id(entry.id);
  msg.set_amount_ucbm(wanted);
  const auto status = send(entry.account, msg);
  agree(status, model_.cancel(entry.id, {entry.account, entry.validator, wanted}), "cancel");
}

void Walk::try_unjail(Id validator) {
  const bool new_key = model_.validators[validator].revoked;
  pb::Unjail msg;
  const Actor key = actor("key " + std::to_string(++rekeyed_));
  if (new_key) {
    msg.set_consensus_key(to_string(key.key->public_key().bytes));
    msg.set_possession(to_string(
        key.key->sign(possession_statement("test-1", who_[validator].address()))));
  }
  const auto status = send(validator, msg);
  agree(status, model_.unjail(validator), "unjail");
  if (status != ok || !new_key) return;
  keys_[validator] = key;
  model_.rekeyed.insert(validator);
}

void Walk::try_offence(Id validator) {
  if (!may_offend()) return;
  const std::uint64_t height = model_.height - random_.below(std::min<std::uint64_t>(
                                                  model_.height, 200));
  state::Overlay overlay(static_cast<const state::View&>(state_));
  Context ctx(overlay, {block_, verifier_, &registry_}, unmetered_);
  ctx.set_privileges({.may_burn = true});
  slashing::punish(ctx, {who_[validator].address(), slashing::pb::Offence::INVALID_PROPOSAL,
                         {height}});
  state_.apply(overlay.diff());
  model_.slash(validator, height, percent(5).nano);
  model_.jail(validator, 7 * kDay);
}

void Walk::try_withdraw(Id account, Id validator) {
  if (account < kOperators && random_.below(3) == 0) {
    const auto status = send(account, pb::WithdrawCommission{});
    return agree(status, model_.withdraw_commission(account), "commission");
  }
  pb::WithdrawRewards msg;
  msg.set_validator(who_[validator].field());
  const auto status = send(account, msg);
  agree(status, model_.withdraw(account, validator), "withdraw");
}

void Walk::send_to_pool() {
  const Id account = random_.below(who_.size());
  bank::pb::Send msg;
  msg.set_to(to_field(fee_pool()));
  *msg.mutable_coin() = bank::coin(1 + random_.below(cbm(1'000).ucbm));
  if (send(account, msg) != ok) return;
  model_.balances[account] -= msg.coin().amount();
  model_.pool += msg.coin().amount();
}

void Walk::operate() {
  const Id account = random_.below(who_.size());
  const Id validator = random_.below(kOperators);
  switch (random_.below(24)) {
    case 0: case 1: case 2: case 3: case 4: case 5: return try_delegate(account, validator);
    case 6: case 7: case 8: case 9: return try_undelegate(account, validator);
    case 10: case 11: case 12:
      return try_redelegate(account, validator, random_.below(kOperators));
    case 13: case 14: return try_cancel();
    case 15: case 16: case 17: return try_unjail(validator);
    case 18: return random_.below(8) == 0 ? try_offence(validator) : send_to_pool();
    case 19: case 20: return send_to_pool();
    default: return try_withdraw(account, validator);
  }
}

void Walk::end_block() {
  std::set<Id> voters = model_.active, absent;
  block_.commit = {};
  kActiveSet.scan(read(), kActiveSet.prefix(), [&](const auto& key, const pb::Active& active) {
    const bool away = random_.below(5) == 0;
    const Address account = to_address(active.operator_());
    const auto at = std::ranges::find(who_, account, &Actor::address);
    if (away) absent.insert(Id(at - who_.begin()));
    block_.commit.votes.push_back(
        {std::get<0>(key), 1, away ? BlockVote::Kind::absent : BlockVote::Kind::committed});
    return ScanStep::next;
  });
  std::optional<Id> guilty;
  if (may_offend() && random_.below(40) == 0) guilty = random_.below(kOperators);
  const std::uint64_t where = model_.height - random_.below(std::min<std::uint64_t>(
                                                 model_.height, 50));
  if (guilty) {
    block_.commit.misbehaviour.push_back(
        {consensus_address(keys_[*guilty].key->public_key().bytes), {where}, block_.time, 1});
  }
  const auto outcome = execute_block(registry_, state_, {block_, verifier_}, {});
  ASSERT_TRUE(outcome.violations.empty()) << outcome.violations.front();
  state_.apply(outcome.diff);
  model_.end_block(voters, absent);
  if (guilty && !model_.validators[*guilty].revoked) {
    model_.slash(*guilty, where, percent(10).nano);
    model_.jail(*guilty, 30 * kDay);
    model_.validators[*guilty].revoked = true;
    model_.choose_set();
  }
}

void Walk::compare() {
  for (Id id = 0; id < who_.size(); ++id) {
    ASSERT_EQ(balance(who_[id].address()), model_.balances[id]) << kNames[id];
  }
  for (Id id = 0; id < kOperators; ++id) {
    const auto record = kValidators.get_or_default(read(), {who_[id].address()});
    const auto& v = model_.validators[id];
    ASSERT_EQ(record.tokens_ucbm(), v.tokens) << kNames[id];
    ASSERT_EQ(record.shares(), v.shares) << kNames[id];
    ASSERT_EQ(record.outstanding_ucbm(), v.outstanding) << kNames[id];
    ASSERT_EQ(record.commission_ucbm(), v.commission) << kNames[id];
    ASSERT_EQ(is_active(read(), who_[id].address()),
              model_.active.contains(id) && !model_.rekeyed.contains(id));
    for (Id account = 0; account < who_.size(); ++account) {
      const auto delegation =
          kDelegations.get_or_default(read(), {who_[account].address(), who_[id].address()});
      const auto found = v.delegators.find(account);
      ASSERT_EQ(delegation.shares(), found == v.delegators.end() ? 0 : found->second.shares);
    }
  }
  ASSERT_EQ(balance(stake_account()), model_.held());
  ASSERT_EQ(balance(fee_pool()), model_.pool);
  ASSERT_EQ(bank::kSupplies.get_or_default(read(), {bank::kUcbm}).total(), model_.supply);
}

void Walk::run(std::size_t operations) {
  while (operations > 0 && !::testing::Test::HasFatalFailure()) {
    block_.height = block_.height.next();
    block_.time.value += random_.below(10) == 0 ? std::int64_t(random_.below(2 * kDay))
                                                : std::int64_t(1'000 + random_.below(kHour / 2));
    model_.height = block_.height.value;
    model_.now = block_.time.value;
    const std::size_t here = std::min<std::size_t>(operations, 1 + random_.below(12));
    for (std::size_t i = 0; i < here && !::testing::Test::HasFatalFailure(); ++i) operate();
    operations -= here;
    if (!::testing::Test::HasFatalFailure()) end_block();
    if (!::testing::Test::HasFatalFailure()) compare();
  }
}

/// H/CS-03, B/CONS-03, B/CONS-05, T/SE-04 together.
TEST(StakingRandom, AgreesWithANaiveModel_H_CS_03) {
  const char* wanted = std::getenv("CAMBIUM_STAKE_OPERATIONS");
  const std::size_t operations = wanted ? std::stoull(wanted) : 6'000;
  const std::size_t seeds = 6;
  std::map<std::string, std::size_t> accepted;
  for (std::uint64_t seed = 1; seed <= seeds && !HasFatalFailure(); ++seed) {
    SCOPED_TRACE("seed " + std::to_string(seed));
    Walk walk(seed);
    walk.run(operations / seeds);
    for (const auto& [what, count] : walk.accepted()) accepted[what] += count;
  }
  EXPECT_EQ(accepted.size(), 7u) << "every kind was taken at least once";
  for (const auto& [what, count] : accepted) std::cout << what << ": " << count << "\n";
}

}  // namespace
}  // namespace cambium::chain::staking
