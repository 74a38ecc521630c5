#include "chain/module.hpp"

#include "chain/message.hpp"
#include "chain/modules/modules.hpp"
#include "chain/modules/rewards/distribute.hpp"
#include "chain/modules/rewards/invariants.hpp"
#include "chain/modules/rewards/queries.hpp"
#include "chain/modules/rewards/rewards.hpp"

namespace cambium::chain::rewards {
namespace {

constexpr std::uint64_t kPercent = kNano / 100;

/// The economy's defaults, for every field that genesis leaves at zero.
void fill_defaults(pb::Params& p) {
  const auto fill = [&p](auto get, auto set, std::uint64_t value) {
    if ((p.*get)() == 0) (p.*set)(value);
  };
  using P = pb::Params;
  fill(&P::issue_rate_nano, &P::set_issue_rate_nano, 5 * kPercent);
  fill(&P::mint_cap_nano, &P::set_mint_cap_nano, 10 * kPercent);
  fill(&P::task_share_nano, &P::set_task_share_nano, 60 * kPercent);
  fill(&P::staking_share_nano, &P::set_staking_share_nano, 30 * kPercent);
  fill(&P::daily_spend_ucbm, &P::set_daily_spend_ucbm, cbm(100'000).ucbm);
  fill(&P::training_base_ucbm, &P::set_training_base_ucbm, cbm(15).ucbm);
  fill(&P::training_multiplier_nano, &P::set_training_multiplier_nano, 150 * kPercent);
  fill(&P::improvement_unit_nano, &P::set_improvement_unit_nano, kPercent);
  fill(&P::hosts_share_nano, &P::set_hosts_share_nano, 60 * kPercent);
  fill(&P::trainers_share_nano, &P::set_trainers_share_nano, 25 * kPercent);
  fill(&P::data_share_nano, &P::set_data_share_nano, 10 * kPercent);
  fill(&P::anchor_gain_nano, &P::set_anchor_gain_nano, 10 * kPercent);
  fill(&P::dataset_base_ucbm, &P::set_dataset_base_ucbm, cbm(100).ucbm);
  fill(&P::dataset_span_ucbm, &P::set_dataset_span_ucbm, cbm(900).ucbm);
  if (p.max_receipts_per_tx() == 0) p.set_max_receipts_per_tx(256);
}

std::optional<std::string> why_not(const pb::Params&, const pb::Params& p) {
  u128 receipts = p.hosts_share_nano();
  receipts += p.trainers_share_nano();
  receipts += p.data_share_nano();
  const u128 emission = u128(p.task_share_nano()) + p.staking_share_nano();
  if (receipts > kNano || emission > kNano) return "shares sum to more than one; lower them";
  if (p.mint_cap_nano() > 10 * kPercent) return "no year may mint more than 10 %";  // B/ECON-01
  if (p.issue_rate_nano() > p.mint_cap_nano()) return "the issue is above the yearly cap";
  if (p.improvement_unit_nano() == 0) return "improvement_unit_nano divides and may not be 0";
  if (p.max_receipts_per_tx() == 0 || p.max_receipts_per_tx() > 4'096) {
    return "max_receipts_per_tx must be 1 to 4096";
  }
  for (const auto* account : {&p.treasury(), &p.development()}) {
    if (!account->empty() && !is_address(*account)) return "an account has 20 bytes";
  }
  return std::nullopt;
}

Status init(Context& ctx, const pb::Genesis& genesis) {
  auto params = genesis.params();
  fill_defaults(params);
  if (params.emission() && params.payout_threshold_ucbm() == 0) {
    params.set_payout_threshold_ucbm(cbm(10).ucbm);  // B/ECON-11
  }
  if (auto why = why_not({}, params)) return fail(ErrorCode::invalid_input, "rewards: " + *why);
  kRewardParams.put(ctx, {}, params);
  pb::Pools pools;
  pools.set_genesis_time_ms(ctx.block().time.value);
  kPools.put(ctx, {}, pools);
  return {};
}

}  // namespace

Module module() {
  return {
      .name = "rewards",
      .prefix = kRewardsPrefix,
      .messages =
          {
              handler_of<pb::Claim>(),
              handler_of<pb::FundEscrow>(),
              handler_of<pb::WithdrawEscrow>(),
              handler_of<pb::SubmitReceipts>(),
          },
      .tables = {kRewardParams.info("params"), kPools.info("pools"), kAccruals.info("accrual"),
                 kEscrows.info("escrow"), kPending.info("pending"), kPayouts.info("payout"),
                 kEarnings.info("earning"), kReceipts.info("receipt"), kDayMints.info("minted")},
      .queries = queries(),
      .invariants = {owes_what_it_holds(), mints_within_cap()},
      .genesis = genesis<pb::Genesis>(init),
      .block_end = {open_hour_step(), pay_pending_step()},
      .params = governed<pb::Params>(kRewardParams, why_not),
  };
}

}  // namespace cambium::chain::rewards
