// A candidate was accepted on a compute chain: what its trainer and its data earn here.
#include <algorithm>

#include "chain/modules/datasets/datasets.hpp"
#include "chain/modules/evaluation/statistics.hpp"
#include "chain/modules/rewards/emission.hpp"
#include "chain/modules/rewards/rewards.hpp"

namespace cambium::chain::rewards {
namespace {

void queue(Context& ctx, const Address& account, std::uint64_t due_ucbm, std::string_view reason) {
  if (due_ucbm == 0) return;
  auto pools = kPools.get_or_default(ctx, {});
  pools.set_last_pending(pools.last_pending() + 1);
  kPools.put(ctx, {}, pools);
  pb::PendingReward pending;
  pending.set_id(pools.last_pending());
  pending.set_account(to_field(account));
  pending.set_due_ucbm(due_ucbm);
  pending.set_reason(std::string(reason));
  kPending.put(ctx, {pending.id()}, pending);
}

/// base + span * score^2, scaled by the improvement, shared by samples; at most half to one
/// dataset and nothing to the trainer's own (B/ECON-09).
void queue_datasets(Context& ctx, const pb::TrainingReward& reward, std::uint64_t improvement) {
  const auto params = kRewardParams.get_or_default(ctx, {});
  u128 samples = 0;
  for (const auto& use : reward.datasets()) samples += use.samples();
  if (samples == 0) return;
  for (const auto& use : reward.datasets()) {
    const auto dataset = datasets::approved(ctx, use.dataset());
    if (!dataset || dataset->contributor() == reward.account()) continue;
    const u128 score = datasets::score_nano(dataset->scores());
    u128 due = params.dataset_base_ucbm() +
               params.dataset_span_ucbm() * (score * score / kNano) / kNano;
    due = due * std::min<u128>(improvement, kNano) / kNano;
    due = due * std::min<u128>(u128(use.samples()) * kNano / samples, kNano / 2) / kNano;
    queue(ctx, to_address(dataset->contributor()), std::uint64_t(due), "dataset " + use.dataset());
  }
}

TxStatus receive(Context& ctx, const interchain::Arrival& arrival) {
  const auto params = kRewardParams.get_or_default(ctx, {});
  if (!params.emission() || arrival.client != params.reward_client()) {
    return TxStatus::not_authorised;
  }
  const auto reward = schema::decode_as<pb::TrainingReward>(arrival.value);
  if (!reward || !is_address(reward->account())) return TxStatus::bad_packet;
  if (kPayouts.has(ctx, {reward->model(), reward->candidate()})) return TxStatus::packet_received;

  const std::uint64_t due = training_reward_ucbm(
      params, {reward->old_loss_nano(), reward->new_loss_nano(), reward->quality_nano(), 0});
  pb::TrainingPayout payout;
  payout.set_model(reward->model());
  payout.set_candidate(reward->candidate());
  payout.set_account(reward->account());
  payout.set_reward_ucbm(due);
  payout.set_improvement_nano(
      evaluation::ln_ratio_nano(reward->old_loss_nano(), reward->new_loss_nano()));
  payout.set_height(ctx.block().height.value);
  kPayouts.put(ctx, {reward->model(), reward->candidate()}, payout);
  queue(ctx, to_address(reward->account()), due, "training of " + reward->model());
  queue_datasets(ctx, *reward, payout.improvement_nano());
  ctx.emit("rewards.training_earned", {{"model", reward->model()},
                                       {"candidate", std::to_string(reward->candidate())},
                                       {"account", to_address(reward->account()).text()},
                                       {"reward_ucbm", std::to_string(due)}});
  return TxStatus::ok;
}

}  // namespace

interchain::Port training_port() { return {.name = "rewards", .receive = receive}; }

}  // namespace cambium::chain::rewards
