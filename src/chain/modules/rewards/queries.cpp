// Questions about earnings.
#include "chain/modules/rewards/queries.hpp"

#include "chain/modules/models/expert_name.hpp"
#include "chain/modules/rewards/rewards.hpp"

namespace cambium::chain::rewards {
namespace {

Result<Address> address(const std::string& field) {
  const auto parsed = Address::from(as_bytes(field));
  if (!parsed) return fail(ErrorCode::invalid_input, "an account is 20 bytes");
  return *parsed;
}

Result<pb::Params> params(const ReadContext& ctx, const pb::ParamsRequest&) {
  return kRewardParams.get_or_default(ctx, {});
}

Result<pb::Pools> pools(const ReadContext& ctx, const pb::PoolsRequest&) {
  return kPools.get_or_default(ctx, {});
}

Result<pb::Accrual> accrual(const ReadContext& ctx, const pb::AccrualRequest& request) {
  TRY(const auto account, address(request.account()));
  return kAccruals.get_or_default(ctx, {account});
}

Bytes accrual_key(const pb::AccrualRequest& request) {
  const auto account = Address::from(as_bytes(request.account()));
  return account ? kAccruals.key({*account}) : Bytes{};
}

Result<pb::Escrow> escrow(const ReadContext& ctx, const pb::EscrowRequest& request) {
  TRY(const auto gateway, address(request.gateway()));
  return kEscrows.get_or_default(ctx, {gateway});
}

Bytes escrow_key(const pb::EscrowRequest& request) {
  const auto gateway = Address::from(as_bytes(request.gateway()));
  return gateway ? kEscrows.key({*gateway}) : Bytes{};
}

Result<pb::TrainingPayout> payout(const ReadContext& ctx, const pb::PayoutRequest& request) {
  const auto found = kPayouts.get(ctx, {request.model(), request.candidate()});
  if (!found) return fail(ErrorCode::not_found, "no reward has arrived for that candidate yet");
  return *found;
}

Result<pb::ExpertEarning> expert(const ReadContext& ctx, const pb::ExpertRequest& request) {
  return kEarnings.get_or_default(ctx, {request.model(), models::sort_key(request.name())});
}

Result<pb::ExpertEarningList> experts(const ReadContext& ctx, const pb::ExpertsRequest& request) {
  pb::ExpertEarningList list;
  kEarnings.scan(ctx, kEarnings.prefix(request.model()),
                 [&](const auto&, const pb::ExpertEarning& item) {
                   *list.add_items() = item;
                   return ScanStep::next;
                 });
  return list;
}

}  // namespace

std::vector<Query> queries() {
  return {
      query<pb::ParamsRequest, pb::Params>(
          "params", params, +[](const pb::ParamsRequest&) { return kRewardParams.key({}); }),
      query<pb::PoolsRequest, pb::Pools>("pools", pools,
                                         +[](const pb::PoolsRequest&) { return kPools.key({}); }),
      query<pb::AccrualRequest, pb::Accrual>("accrual", accrual, accrual_key),
      query<pb::EscrowRequest, pb::Escrow>("escrow", escrow, escrow_key),
      query<pb::PayoutRequest, pb::TrainingPayout>(
          "payout", payout, +[](const pb::PayoutRequest& request) {
            return kPayouts.key({request.model(), request.candidate()});
          }),
      query<pb::ExpertRequest, pb::ExpertEarning>(
          "expert", expert, +[](const pb::ExpertRequest& request) {
            return kEarnings.key({request.model(), models::sort_key(request.name())});
          }),
      query<pb::ExpertsRequest, pb::ExpertEarningList>("experts", experts),
  };
}

}  // namespace cambium::chain::rewards
