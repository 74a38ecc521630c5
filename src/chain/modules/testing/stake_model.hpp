// Stake as a person would keep it on paper: every list is walked, every slash visits everything it
// reaches, every block counts every vote. The module must come to the same numbers without any of
// that.
#pragma once

#include <cstdint>
#include <map>
#include <set>
#include <vector>

#include "base/amount.hpp"

namespace cambium::chain::testing {

struct StakeModel {
  static constexpr std::int64_t kDayMs = 86'400'000;
  using Id = std::size_t;  // accounts; the first ones operate validators
  struct Delegator {
    std::uint64_t shares = 0;
    u128 owed_nano = 0;
  };
  struct SlashNote {
    std::uint64_t height, burnt;
  };
  struct Validator {
    std::uint64_t tokens = 0, shares = 0, commission_nano = 0, commission = 0, outstanding = 0;
    std::uint64_t carry = 0;
    std::map<Id, Delegator> delegators;
    bool jailed = false, revoked = false;
    std::int64_t until = 0;
    std::vector<SlashNote> slashes;
    std::vector<std::pair<std::uint64_t, std::int64_t>> locks;  // amount, end
    std::uint64_t missed = 0, epoch_missed = 0, from_height = 0, power_told = 0;
  };
  struct Leaving {  // an unbonding
    Id account, validator;
    std::uint64_t id, height, initial, left;
    std::int64_t matures;
  };
  struct Moving {  // a redelegation
    Id account, from, to;
    std::uint64_t id, height, initial, left;
    std::int64_t matures;
  };
  struct Bond {
    Id account, validator;
    std::uint64_t amount;
  };

  std::uint64_t validator_level = cbm(100'000).ucbm, pool = 0, reward = cbm(1'000).ucbm;
  std::size_t set_size = 3, max_entries = 7;
  std::int64_t lock_ms = 30 * kDayMs, unbonding_ms = 21 * kDayMs;
  std::vector<std::uint64_t> balances;
  std::vector<Validator> validators;
  std::vector<Leaving> leaving;
  std::vector<Moving> moving;
  std::set<Id> active;
  std::set<Id> rekeyed;           // named a new key since the set was chosen
  std::map<Id, std::size_t> order;  // of the accounts' addresses
  std::uint64_t supply = 0, last_id = 0, height = 0, epoch = 0, epoch_start = 0;
  std::int64_t now = 0, genesis = 0;

  std::uint64_t power_of(Id validator) const { return validators[validator].tokens / 1'000'000; }
  std::uint64_t worth(const Bond& bond) const;
  std::uint64_t free_of(const Bond& bond) const;
  std::size_t unbondings(Id account, Id validator) const;
  std::size_t redelegations(Id account, Id to) const;
  std::uint64_t held() const;  // by the stake account

  void add(const Bond& bond);
  void remove(const Bond& bond);
  bool delegate(const Bond& bond, std::uint64_t spendable);
  bool undelegate(const Bond& bond);
  bool redelegate(const Bond& from, Id to);
  bool cancel(std::uint64_t id, const Bond& bond);
  bool withdraw(Id account, Id validator);
  bool withdraw_commission(Id validator);
  bool unjail(Id validator);
  void slash(Id validator, std::uint64_t infraction, std::uint64_t fraction_nano);
  void jail(Id validator, std::int64_t ban_ms);
  /// The end of a block: epoch, what matures, the set; then the votes that came with it.
  void end_block(const std::set<Id>& voters, const std::set<Id>& absent);
  void choose_set();

 private:
  void pay_epoch();
  void mature();
};

}  // namespace cambium::chain::testing
