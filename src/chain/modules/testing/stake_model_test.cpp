#include "chain/modules/testing/stake_model.hpp"

#include <algorithm>

#include "chain/modules/staking/epoch.hpp"

namespace cambium::chain::testing {
namespace {

std::uint64_t part(std::uint64_t a, std::uint64_t b, std::uint64_t c) {
  return c == 0 ? 0 : std::uint64_t(u128(a) * b / c);
}

}  // namespace

std::uint64_t StakeModel::worth(const Bond& bond) const {
  const auto& v = validators[bond.validator];
  const auto found = v.delegators.find(bond.account);
  return found == v.delegators.end() ? 0 : part(found->second.shares, v.tokens, v.shares);
}

std::uint64_t StakeModel::free_of(const Bond& bond) const {
  std::uint64_t locked = 0, moved = 0;
  if (bond.account == bond.validator) {
    for (const auto& [amount, end] : validators[bond.validator].locks) {
      if (end > now) locked += amount;
    }
  }
  for (const auto& m : moving) {
    if (m.account == bond.account && m.to == bond.validator) moved += m.initial;
  }
  const std::uint64_t bound = std::max(locked, moved);
  return worth(bond) > bound ? worth(bond) - bound : 0;
}

std::size_t StakeModel::unbondings(Id account, Id validator) const {
  return std::size_t(std::ranges::count_if(leaving, [&](const Leaving& l) {
    return l.account == account && l.validator == validator;
  }));
}

std::size_t StakeModel::redelegations(Id account, Id to) const {
  return std::size_t(std::ranges::count_if(
      moving, [&](const Moving& m) { return m.account == account && m.to == to; }));
}

std::uint64_t StakeModel::held() const {
  std::uint64_t sum = 0;
  for (const auto& v : validators) sum += v.tokens;
  for (const auto& l : leaving) sum += l.initial;
  return sum;
}

void StakeModel::add(const Bond& bond) {
  auto& v = validators[bond.validator];
  const auto shares = v.shares == 0 ? bond.amount : part(bond.amount, v.shares, v.tokens);
  v.delegators[bond.account].shares += shares;
  v.shares += shares;
  v.tokens += bond.amount;
  if (bond.account == bond.validator) v.locks.emplace_back(bond.amount, now + lock_ms);
}

void StakeModel::remove(const Bond& bond) {
  auto& v = validators[bond.validator];
  auto& d = v.delegators[bond.account];
  const u128 scaled = u128(bond.amount) * v.shares;
  auto shares = std::uint64_t((scaled + v.tokens - 1) / v.tokens);
  v.tokens -= bond.amount;
  v.shares -= shares;
  d.shares -= shares;
  if (d.shares != 0 && part(d.shares, v.tokens, v.shares) == 0) {
    v.shares -= d.shares;
    d.shares = 0;
  }
  if (d.shares != 0) return;
  const auto paid = std::uint64_t(d.owed_nano / kNano);
  v.outstanding -= paid;
  balances[bond.account] += paid;
  v.delegators.erase(bond.account);
  if (bond.account == bond.validator) v.locks.clear();  // nothing is left to lock
}

bool StakeModel::delegate(const Bond& bond, std::uint64_t spendable) {
  const auto& v = validators[bond.validator];
  if (v.jailed || spendable < bond.amount || (v.shares != 0 && v.tokens == 0)) return false;
  balances[bond.account] -= bond.amount;
  add(bond);
  return true;
}

bool StakeModel::undelegate(const Bond& bond) {
  if (bond.amount > free_of(bond) || unbondings(bond.account, bond.validator) >= max_entries) {
    return false;
  }
  remove(bond);
  leaving.push_back({bond.account, bond.validator, ++last_id, height, bond.amount, bond.amount,
                     now + unbonding_ms});
  return true;
}

bool StakeModel::redelegate(const Bond& from, Id to) {
  const auto& there = validators[to];
  if (from.validator == to || there.jailed || from.amount > free_of(from) ||
      redelegations(from.account, to) >= max_entries ||
      (there.shares != 0 && there.tokens == 0)) {
    return false;
  }
  remove(from);
  add({from.account, to, from.amount});
  moving.push_back({from.account, from.validator, to, ++last_id, height, from.amount, from.amount,
                    now + unbonding_ms});
  return true;
}

bool StakeModel::cancel(std::uint64_t id, const Bond& bond) {
  const auto at = std::ranges::find_if(leaving, [&](const Leaving& l) { return l.id == id; });
  const auto& v = validators[bond.validator];
  if (at == leaving.end() || at->account != bond.account || at->validator != bond.validator ||
      v.jailed || at->left < bond.amount || (v.shares != 0 && v.tokens == 0)) {
    return false;
  }
  supply -= at->initial - at->left;
  at->left -= bond.amount;
  at->initial = at->left;
  if (at->left == 0) leaving.erase(at);
  add(bond);
  return true;
}

bool StakeModel::withdraw(Id account, Id validator) {
  auto& v = validators[validator];
  const auto found = v.delegators.find(account);
  if (found == v.delegators.end() || found->second.owed_nano < kNano) return false;
  const auto paid = std::uint64_t(found->second.owed_nano / kNano);
  found->second.owed_nano %= kNano;
  v.outstanding -= paid;
  balances[account] += paid;
  return true;
}

bool StakeModel::withdraw_commission(Id validator) {
  auto& v = validators[validator];
  if (v.commission == 0) return false;
  balances[validator] += v.commission;
  v.commission = 0;
  return true;
}

bool StakeModel::unjail(Id validator) {
  auto& v = validators[validator];
  if (!v.jailed || now < v.until) return false;
  v.jailed = v.revoked = false;
  return true;
}

void StakeModel::slash(Id validator, std::uint64_t infraction, std::uint64_t fraction_nano) {
  auto& v = validators[validator];
  const std::uint64_t burnt = part(v.tokens, fraction_nano, kNano);
  v.tokens -= burnt;
  supply -= burnt;
  v.slashes.push_back({height, burnt});
  for (auto& l : leaving) {
    if (l.validator == validator && l.height >= infraction) {
      l.left -= part(l.left, fraction_nano, kNano);
    }
  }
  for (auto& m : moving) {
    if (m.from == validator && m.height >= infraction) {
      m.left -= part(m.left, fraction_nano, kNano);
    }
  }
}

void StakeModel::jail(Id validator, std::int64_t ban_ms) {
  auto& v = validators[validator];
  v.until = v.jailed ? std::max(v.until, now + ban_ms) : now + ban_ms;
  v.jailed = true;
}

void StakeModel::pay_epoch() {
  const auto number = std::uint64_t((now - genesis) / 3'600'000);
  std::vector<Id> serving;
  for (const Id id : active) {
    if (!validators[id].jailed) serving.push_back(id);
  }
  if (number <= epoch || serving.empty()) return;
  std::vector<staking::Service> services;
  for (const Id id : serving) {
    const auto& v = validators[id];
    const auto from = std::max(epoch_start, v.from_height);
    const auto stay = height > v.from_height ? height - v.from_height : 0;
    const auto here = height > from ? height - from : 0;
    const auto uptime = stay == 0 ? kNano : kNano - part(std::min(v.missed, stay), kNano, stay);
    std::uint64_t penalty = 0;
    for (const auto& s : v.slashes) penalty += s.height >= epoch_start ? s.burnt : 0;
    services.push_back({v.power_told, height - epoch_start, here - v.epoch_missed, uptime,
                        penalty});
  }
  const auto earned = staking::consensus_rewards(services, reward);
  std::uint64_t wanted = 0;
  for (const auto amount : earned) wanted += amount;
  const std::uint64_t there = std::min(wanted, pool);
  for (std::size_t i = 0; i < serving.size(); ++i) {
    auto& v = validators[serving[i]];
    const auto amount = part(earned[i], there, wanted);
    if (v.shares == 0) continue;
    const auto commission = part(amount, v.commission_nano, kNano);
    const u128 nano = u128(amount - commission) * kNano + v.carry;
    for (auto& [account, d] : v.delegators) d.owed_nano += u128(d.shares) * (nano / v.shares);
    v.carry = std::uint64_t(nano % v.shares);
    v.commission += commission;
    v.outstanding += amount - commission;
    pool -= amount;
  }
  epoch = number;
  epoch_start = height;
  for (auto& v : validators) v.epoch_missed = 0;
}

void StakeModel::mature() {
  for (auto at = leaving.begin(); at != leaving.end();) {
    if (at->matures >= now) {
      ++at;
      continue;
    }
    supply -= at->initial - at->left;
    balances[at->account] += at->left;
    at = leaving.erase(at);
  }
  for (auto at = moving.begin(); at != moving.end();) {
    if (at->matures >= now) {
      ++at;
      continue;
    }
    const Moving m = *at;
    at = moving.erase(at);
    const auto lost = std::min(m.initial - m.left, worth({m.account, m.to, 0}));
    if (lost == 0) continue;
    remove({m.account, m.to, lost});
    supply -= lost;
  }
}

void StakeModel::choose_set() {
  std::vector<std::pair<std::uint64_t, Id>> ranked;
  for (Id id = 0; id < validators.size(); ++id) {
    const auto& v = validators[id];
    const auto power = power_of(id);
    if (!v.jailed && power > 0 && worth({id, id, 0}) >= validator_level) {
      ranked.emplace_back(UINT64_MAX - power, id);
    }
  }
  if (ranked.empty()) return;
  std::ranges::sort(ranked, [&](const auto& a, const auto& b) {
    return a.first != b.first ? a.first < b.first : order[a.second] < order[b.second];
  });
  std::set<Id> next;
  for (const auto& [rank, id] : ranked) {
    if (next.size() == set_size) break;
    next.insert(id);
    auto& v = validators[id];
    v.power_told = power_of(id);
    if (!active.contains(id) || rekeyed.contains(id)) {
      v.from_height = height + 3;
      v.missed = v.epoch_missed = 0;
    }
  }
  rekeyed.clear();
  active = next;
}

void StakeModel::end_block(const std::set<Id>& voters, const std::set<Id>& absent) {
  pay_epoch();
  mature();
  choose_set();
  for (const Id id : absent) {
    auto& v = validators[id];
    if (!voters.contains(id) || !active.contains(id) || height < v.from_height) continue;
    ++v.missed;
    ++v.epoch_missed;
  }
}

}  // namespace cambium::chain::testing
