#include "chain/modules/staking/queries.hpp"

#include <algorithm>

#include "chain/modules/bank/bank.hpp"
#include "chain/modules/staking/accrual.hpp"
#include "chain/modules/staking/unbonding.hpp"

namespace cambium::chain::staking {
namespace {

Result<Address> account_of(const std::string& field) {
  if (is_address(field)) return to_address(field);
  return fail(ErrorCode::invalid_input, "an account must be an address such as cbm1...");
}

Result<Bytes> after_of(const std::string& field, const Bytes& key) {
  if (field.empty()) return Bytes{};
  if (is_address(field)) return key;
  return fail(ErrorCode::invalid_input, "after must be an address, or left out");
}

int page(std::uint32_t limit) { return limit == 0 ? 50 : int(std::min(limit, 200u)); }

Result<pb::Params> params(const ReadContext& ctx, const pb::ParamsRequest&) {
  return kStakingParams.get_or_default(ctx, {});
}
Bytes params_key(const pb::ParamsRequest&) { return kStakingParams.key({}); }

Result<pb::Epoch> epoch(const ReadContext& ctx, const pb::EpochRequest&) {
  return kEpoch.get_or_default(ctx, {});
}
Bytes epoch_key(const pb::EpochRequest&) { return kEpoch.key({}); }

Result<pb::PoolReply> pool(const ReadContext& ctx, const pb::PoolRequest&) {
  const auto balance = [&](const Address& account) {
    return bank::kBalances.get_or_default(ctx, {account, bank::kUcbm}).amount();
  };
  pb::PoolReply reply;
  reply.set_active_ucbm(bonded_total(ctx).ucbm);
  reply.set_held_ucbm(balance(stake_account()));
  reply.set_rewards_ucbm(balance(rewards_account()));
  reply.set_fees_ucbm(balance(fee_pool()));
  reply.set_active_validators(std::uint32_t(active_set(ctx).size()));
  return reply;
}

pb::ValidatorReply reply_of(const ReadContext& ctx, const Address& account,
                            const pb::Validator& validator) {
  const Address consensus = consensus_address(as_bytes(validator.consensus_key()));
  const auto active = kActiveSet.get(ctx, {consensus});
  pb::ValidatorReply reply;
  reply.set_operator_(to_field(account));
  reply.set_consensus_address(to_field(consensus));
  *reply.mutable_validator() = validator;
  reply.set_self_bond_ucbm(self_bond(ctx, account, validator));
  reply.set_level(pb::Level(level_of(ctx, account)));
  reply.set_power(active ? active->power() : 0);
  reply.set_status(validator.jailed() ? pb::JAILED : (active ? pb::ACTIVE : pb::WAITING));
  return reply;
}

Result<pb::ValidatorReply> validator(const ReadContext& ctx, const pb::ValidatorRequest& request) {
  TRY(const Address account, account_of(request.operator_()));
  const auto found = kValidators.get(ctx, {account});
  if (!found) {
    return fail(ErrorCode::not_found, "this account operates no validator; ask \"validators\"");
  }
  return reply_of(ctx, account, *found);
}
Bytes validator_key(const pb::ValidatorRequest& request) {
  return is_address(request.operator_()) ? kValidators.key({to_address(request.operator_())})
                                         : Bytes{};
}

Result<pb::ValidatorsReply> validators(const ReadContext& ctx,
                                       const pb::ValidatorsRequest& request) {
  TRY(const Bytes after,
      after_of(request.after(), is_address(request.after())
                                    ? kValidators.key({to_address(request.after())})
                                    : Bytes{}));
  const Bytes below = kValidators.prefix();
  const int limit = page(request.limit());
  pb::ValidatorsReply reply;
  kValidators.scan(ctx, state::Range{below, after}, [&](const auto& key, const auto& record) {
    auto item = reply_of(ctx, std::get<0>(key), record);
    if (request.status() != pb::ANY && item.status() != request.status()) return ScanStep::next;
    if (reply.items_size() == limit) {
      reply.set_next(reply.items(limit - 1).operator_());
      return ScanStep::stop;
    }
    *reply.add_items() = std::move(item);
    return ScanStep::next;
  });
  return reply;
}

pb::DelegationItem item_of(const ReadContext& ctx, const decltype(kDelegations)::Key& key,
                           pb::Delegation delegation) {
  const auto& [account, address] = key;
  const auto record = kValidators.get_or_default(ctx, {address});
  const Freedom freedom = staking::freedom(ctx, account, address);
  settle(record, delegation);
  pb::DelegationItem item;
  item.set_validator(to_field(address));
  item.set_amount_ucbm(freedom.worth_ucbm);
  item.set_shares(delegation.shares());
  item.set_locked_ucbm(freedom.worth_ucbm - freedom.free_ucbm());
  item.set_rewards_ucbm(delegation.owed_ucbm());
  return item;
}

Result<pb::DelegationItem> delegation(const ReadContext& ctx,
                                      const pb::DelegationRequest& request) {
  TRY(const Address account, account_of(request.account()));
  TRY(const Address there, account_of(request.validator()));
  const auto found = kDelegations.get(ctx, {account, there});
  if (!found) return fail(ErrorCode::not_found, "the account has bonded nothing to that validator");
  return item_of(ctx, {account, there}, *found);
}
Bytes delegation_key(const pb::DelegationRequest& request) {
  if (!is_address(request.account()) || !is_address(request.validator())) return {};
  return kDelegations.key({to_address(request.account()), to_address(request.validator())});
}

Result<pb::DelegationsReply> delegations(const ReadContext& ctx,
                                         const pb::DelegationsRequest& request) {
  TRY(const Address account, account_of(request.account()));
  TRY(const Bytes after,
      after_of(request.after(), is_address(request.after())
                                    ? kDelegations.key({account, to_address(request.after())})
                                    : Bytes{}));
  const Bytes below = kDelegations.prefix(account);
  const int limit = page(request.limit());
  pb::DelegationsReply reply;
  kDelegations.scan(ctx, state::Range{below, after}, [&](const auto& key, const auto& record) {
    if (reply.items_size() == limit) {
      reply.set_next(reply.items(limit - 1).validator());
      return ScanStep::stop;
    }
    *reply.add_items() = item_of(ctx, key, record);
    return ScanStep::next;
  });
  return reply;
}

Result<pb::UnbondingsReply> unbondings(const ReadContext& ctx,
                                       const pb::UnbondingsRequest& request) {
  constexpr int kMost = 1'000;
  TRY(const Address account, account_of(request.account()));
  pb::UnbondingsReply reply;
  kUnbondings.scan(ctx, kUnbondings.prefix(account), [&](const auto& key, const auto& entry) {
    const Address there = std::get<1>(key);
    auto* item = reply.add_items();
    item->set_validator(to_field(there));
    item->set_id(std::get<2>(key));
    item->set_amount_ucbm(left_after_slashes(ctx, there, entry));
    item->set_matures_ms(entry.matures_ms());
    return reply.items_size() < kMost ? ScanStep::next : ScanStep::stop;
  });
  return reply;
}

Result<pb::RedelegationsReply> redelegations(const ReadContext& ctx,
                                             const pb::RedelegationsRequest& request) {
  constexpr int kMost = 1'000;
  TRY(const Address account, account_of(request.account()));
  pb::RedelegationsReply reply;
  kRedelegations.scan(ctx, kRedelegations.prefix(account), [&](const auto& key, const auto& entry) {
    auto* item = reply.add_items();
    item->set_from(entry.from());
    item->set_to(to_field(std::get<1>(key)));
    item->set_id(std::get<2>(key));
    item->set_amount_ucbm(entry.amount_ucbm());
    item->set_matures_ms(entry.matures_ms());
    return reply.items_size() < kMost ? ScanStep::next : ScanStep::stop;
  });
  return reply;
}

Result<pb::RewardsReply> rewards(const ReadContext& ctx, const pb::RewardsRequest& request) {
  constexpr int kMost = 1'000;
  TRY(const Address account, account_of(request.account()));
  pb::RewardsReply reply;
  kDelegations.scan(ctx, kDelegations.prefix(account), [&](const auto& key, const auto& record) {
    *reply.add_items() = item_of(ctx, key, record);
    return reply.items_size() < kMost ? ScanStep::next : ScanStep::stop;
  });
  for (const auto& item : reply.items()) {
    reply.set_total_ucbm(reply.total_ucbm() + item.rewards_ucbm());
  }
  reply.set_commission_ucbm(kValidators.get_or_default(ctx, {account}).commission_ucbm());
  reply.set_withdraw_to(to_field(withdraw_address(ctx, account)));
  return reply;
}

Result<pb::SlashesReply> slashes(const ReadContext& ctx, const pb::SlashesRequest& request) {
  constexpr int kMost = 1'000;
  TRY(const Address account, account_of(request.operator_()));
  pb::SlashesReply reply;
  kSlashes.scan(ctx, kSlashes.prefix(account), [&](const auto&, const pb::Slash& slash) {
    *reply.add_items() = slash;
    return reply.items_size() < kMost ? ScanStep::next : ScanStep::stop;
  });
  return reply;
}

}  // namespace

std::vector<Query> queries() {
  return {query("params", params, params_key),
          query("epoch", epoch, epoch_key),
          query("pool", pool),
          query("validator", validator, validator_key),
          query("validators", validators),
          query("delegation", delegation, delegation_key),
          query("delegations", delegations),
          query("unbondings", unbondings),
          query("redelegations", redelegations),
          query("rewards", rewards),
          query("slashes", slashes)};
}

}  // namespace cambium::chain::staking
