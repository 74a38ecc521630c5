#include "chain/modules/staking/staking.hpp"

#include <algorithm>

#include "chain/modules/staking/stake.hpp"
#include "chain/modules/staking/tables.hpp"
#include "crypto/sha256.hpp"

namespace cambium::chain::staking {

std::vector<Stake> stakes_of(const ReadContext& ctx, const Address& account) {
  std::vector<Stake> out;
  kDelegations.scan(ctx, kDelegations.prefix(account), [&](const auto& key, const auto& item) {
    const Address validator = std::get<1>(key);
    const auto amount = worth(kValidators.get_or_default(ctx, {validator}), item.shares());
    if (amount != 0) out.push_back({validator, {amount}});
    return ScanStep::next;
  });
  return out;
}

Amount bonded_total(const ReadContext& ctx) {
  Amount sum;
  kActiveSet.scan(ctx, kActiveSet.prefix(), [&](const auto&, const pb::Active& active) {
    sum.ucbm += bonded_to(ctx, to_address(active.operator_())).ucbm;
    return ScanStep::next;
  });
  return sum;
}

Amount bonded_to(const ReadContext& ctx, const Address& validator) {
  return {kValidators.get_or_default(ctx, {validator}).tokens_ucbm()};
}

std::vector<Address> active_set(const ReadContext& ctx) {
  std::vector<std::pair<std::uint64_t, Address>> ranked;
  kActiveSet.scan(ctx, kActiveSet.prefix(), [&](const auto&, const pb::Active& active) {
    ranked.emplace_back(UINT64_MAX - active.power(), to_address(active.operator_()));
    return ScanStep::next;
  });
  std::ranges::sort(ranked);
  std::vector<Address> out;
  for (const auto& [rank, validator] : ranked) out.push_back(validator);
  return out;
}

bool is_active(const ReadContext& ctx, const Address& validator) {
  const auto record = kValidators.get(ctx, {validator});
  return record && kActiveSet.has(ctx, {consensus_address(as_bytes(record->consensus_key()))});
}

std::optional<Address> operator_of(const ReadContext& ctx, const Address& consensus) {
  const auto found = kOperators.get(ctx, {consensus});
  return found ? std::optional(to_address(found->operator_())) : std::nullopt;
}

std::vector<ValidatorUpdate> validator_updates(const state::Diff& diff) {
  std::vector<ValidatorUpdate> out;
  const Bytes table = kActiveSet.prefix();
  for (const auto& change : diff) {
    if (change.key.size() < 2 || change.key[0] != table[0] || change.key[1] != table[1]) continue;
    const auto read = [](const auto& value) {
      return value ? decltype(kActiveSet)::decoded(*value) : pb::Active{};
    };
    const auto before = read(change.before);
    const auto after = read(change.after);
    if (before.power() == after.power()) continue;
    const auto& key = change.after ? after.consensus_key() : before.consensus_key();
    out.push_back({to_bytes(key), after.power()});
  }
  return out;
}

Address consensus_address(ByteView key) {
  return *Address::from(crypto::sha256(key).view().first(20));
}

Level level_of(const ReadContext& ctx, const Address& account) {
  const auto record = kValidators.get(ctx, {account});
  if (!record) return Level::none;
  return level_for(kStakingParams.get_or_default(ctx, {}), self_bond(ctx, account, *record));
}

}  // namespace cambium::chain::staking
