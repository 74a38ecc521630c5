#include "chain/modules/staking/invariants.hpp"

#include <fmt/format.h>

#include <map>

#include "chain/modules/bank/bank.hpp"
#include "chain/modules/staking/staking.hpp"
#include "chain/modules/staking/tables.hpp"

namespace cambium::chain::staking {
namespace {

bool is_table(const state::Change& change, TableId id) {
  return change.key[0] == id.module && change.key[1] == id.table;
}

/// A sum of amounts before and after, so that neither goes below zero.
struct Movement {
  u128 after = 0;
  u128 before = 0;
  template <class Table, class Read>
  void add(const Table&, const state::Change& change, Read read) {
    if (change.after) after += read(Table::decoded(*change.after));
    if (change.before) before += read(Table::decoded(*change.before));
  }
  /// Whether this moved by as much as the other.
  bool with(const Movement& other) const {
    return after + other.before == other.after + before;
  }
};

std::uint64_t amount_of(const bank::pb::Balance& balance) { return balance.amount(); }

class StakeCheck final : public InvariantCheck {
 public:
  void visit(const state::Change& change) override {
    if (is_table(change, kValidators.id())) {
      staked_.add(kValidators, change, [](const auto& v) { return v.tokens_ucbm(); });
    } else if (is_table(change, kUnbondings.id())) {
      staked_.add(kUnbondings, change, [](const auto& u) { return u.balance_ucbm(); });
    } else if (equal(change.key, account_)) {
      held_.add(bank::kBalances, change, amount_of);
    }
  }
  std::optional<std::string> finalize(const InvariantScope&) override {
    if (held_.with(staked_)) return std::nullopt;
    return "the stake account's balance moved by another amount than what is bonded and unbonding";
  }

 private:
  const Bytes account_ = bank::kBalances.key({stake_account(), bank::kUcbm});
  Movement held_;
  Movement staked_;
};

class EarnedCheck final : public InvariantCheck {
 public:
  void visit(const state::Change& change) override {
    if (is_table(change, kValidators.id())) {
      owed_.add(kValidators, change,
                [](const auto& v) { return v.outstanding_ucbm() + v.commission_ucbm(); });
    } else if (equal(change.key, account_)) {
      held_.add(bank::kBalances, change, amount_of);
    }
  }
  std::optional<std::string> finalize(const InvariantScope&) override {
    if (held_.with(owed_)) return std::nullopt;
    return "the staking rewards account's balance moved by another amount than what it owes";
  }

 private:
  const Bytes account_ = bank::kBalances.key({rewards_account(), bank::kUcbm});
  Movement held_;
  Movement owed_;
};

class SharesCheck final : public InvariantCheck {
 public:
  void visit(const state::Change& change) override {
    if (is_table(change, kDelegations.id())) {
      parts_[std::get<1>(kDelegations.parse(change.key))].add(
          kDelegations, change, [](const auto& d) { return d.shares(); });
      return;
    }
    const Address validator = std::get<0>(kValidators.parse(change.key));
    wholes_[validator].add(kValidators, change, [](const auto& v) { return v.shares(); });
    parts_[validator];
    if (change.after) {
      const auto after = decltype(kValidators)::decoded(*change.after);
      if (after.tokens_ucbm() > after.shares()) evidence_ = "tokens exceed shares";
    } else {
      evidence_ = "a validator's record was removed";
    }
  }
  std::optional<std::string> finalize(const InvariantScope&) override {
    for (const auto& [validator, part] : parts_) {
      if (!part.with(wholes_[validator])) {
        return fmt::format("the shares of {} are not those of its delegations", validator.text());
      }
    }
    return evidence_;
  }

 private:
  std::map<Address, Movement> parts_;
  std::map<Address, Movement> wholes_;
  std::optional<std::string> evidence_;
};

class IndexCheck final : public InvariantCheck {
 public:
  void visit(const state::Change& change) override {
    if (change.after) written_.push_back(change);
  }
  std::optional<std::string> finalize(const InvariantScope& scope) override {
    for (const auto& change : written_) {
      if (auto evidence = look(scope.after, change)) return evidence;
    }
    return std::nullopt;
  }

 private:
  static std::optional<pb::Validator> validator(const state::View& state, const Address& account) {
    const auto bytes = state.get(kValidators.key({account}));
    if (!bytes) return std::nullopt;
    return decltype(kValidators)::decoded(*bytes);
  }
  static std::optional<std::string> look(const state::View& state, const state::Change& change) {
    if (is_table(change, kCandidates.id())) return candidate(state, change);
    if (is_table(change, kActiveSet.id())) return active(state, change);
    if (is_table(change, kOperators.id())) {
      const auto bound = decltype(kOperators)::decoded(*change.after);
      if (validator(state, to_address(bound.operator_()))) return std::nullopt;
      return "a consensus key is bound to an account that operates no validator";
    }
    const auto key = kQueue.parse(change.key);
    const auto item = decltype(kQueue)::decoded(*change.after);
    const Address account = to_address(item.account());
    const Address there = to_address(item.validator());
    const Bytes entry = item.kind() == pb::Maturing::UNBONDING
                            ? kUnbondings.key({account, there, std::get<1>(key)})
                            : kRedelegations.key({account, there, std::get<1>(key)});
    if (state.get(entry)) return std::nullopt;
    return "the queue names an entry that is not there";
  }
  static std::optional<std::string> candidate(const state::View& state,
                                              const state::Change& change) {
    const auto [rank, account] = kCandidates.parse(change.key);
    const auto found = validator(state, account);
    if (!found) return "a candidate is no validator";
    if (found->jailed()) return "a jailed validator is a candidate";
    if (rank == UINT64_MAX - power_of(found->tokens_ucbm())) return std::nullopt;
    return "a candidate stands at another power than it has";
  }
  static std::optional<std::string> active(const state::View& state,
                                           const state::Change& change) {
    const Address consensus = std::get<0>(kActiveSet.parse(change.key));
    const auto told = decltype(kActiveSet)::decoded(*change.after);
    const auto found = validator(state, to_address(told.operator_()));
    if (!found) return "the active set names an account that operates no validator";
    if (consensus_address(as_bytes(told.consensus_key())) != consensus) {
      return "the active set holds a key under another key's address";
    }
    if (told.power() == 0) return "a validator without power is active";
    // The last validators stay, whatever they did, until others can take over.
    const bool stays = found->jailed() || found->consensus_key() != told.consensus_key() ||
                       !state.get(kCandidates.key({UINT64_MAX - power_of(found->tokens_ucbm()),
                                                   to_address(told.operator_())}));
    if (stays || told.power() == power_of(found->tokens_ucbm())) return std::nullopt;
    return "the engine was told another power than is bonded";
  }

  std::vector<state::Change> written_;
};

}  // namespace

Invariant holds_what_is_staked() {
  return invariant<StakeCheck>("staking.holds_what_is_staked",
                               {bank::kBalances.id(), kValidators.id(), kUnbondings.id()});
}

Invariant holds_what_is_earned() {
  return invariant<EarnedCheck>("staking.holds_what_is_earned",
                                {bank::kBalances.id(), kValidators.id()});
}

Invariant shares_add_up() {
  return invariant<SharesCheck>("staking.shares_add_up", {kValidators.id(), kDelegations.id()});
}

Invariant indexes_agree() {
  return invariant<IndexCheck>("staking.indexes_agree",
                               {kCandidates.id(), kActiveSet.id(), kOperators.id(), kQueue.id()});
}

}  // namespace cambium::chain::staking
