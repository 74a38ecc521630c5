// The end of a candidate: the index moves or it does not, and both sides are remembered.
#include <algorithm>

#include "base/amount.hpp"
#include "cambium/rewards/v1/rewards.pb.h"
#include "chain/modules/evaluation/committee.hpp"
#include "chain/modules/evaluation/evaluation.hpp"
#include "chain/modules/evaluation/trust.hpp"
#include "chain/modules/interchain/interchain.hpp"
#include "chain/modules/models/models.hpp"

namespace cambium::chain::evaluation {
namespace {

const pb::SliceVerdict* worst_target(const pb::Verdict& verdict) {
  const pb::SliceVerdict* worst = nullptr;
  for (const auto& slice : verdict.slices()) {
    if (!slice.target()) continue;
    if (!worst || slice.lower_bound_nano() < worst->lower_bound_nano()) worst = &slice;
  }
  return worst;
}

void add_harm(Context& ctx, const std::string& model, const pb::Verdict& verdict) {
  for (const auto& [slice, harm] : added_harm(verdict)) {
    auto record = kHarms.get_or_default(ctx, {model, slice});
    record.set_model(model);
    record.set_slice(slice);
    record.set_harm_nano(record.harm_nano() + harm);
    kHarms.put(ctx, {model, slice}, record);
  }
}

/// Tells the utility chain what was gained, once; the half that gained less counts.
void send_reward(Context& ctx, const pb::Candidate& candidate, const pb::SliceVerdict& target) {
  const auto params = kEvaluationParams.get_or_default(ctx, {});
  if (params.reward_client().empty()) return;
  cambium::rewards::v1::TrainingReward reward;
  reward.set_model(candidate.model());
  reward.set_candidate(candidate.id());
  reward.set_account(candidate.account());
  reward.set_old_loss_nano(target.incumbent_loss_nano());
  reward.set_new_loss_nano(target.candidate_loss_nano());
  const auto lower = std::uint64_t(std::max<std::int64_t>(0, target.lower_bound_nano()));
  const auto mean = std::uint64_t(std::max<std::int64_t>(1, target.mean_gain_nano()));
  reward.set_quality_nano(std::min(kNano, mul_div(lower, kNano, mean).value_or(0)));
  reward.set_height(ctx.block().height.value);
  for (const auto& used : candidate.datasets()) {
    auto* share = reward.add_datasets();
    share->set_dataset(used.dataset());
    share->set_samples(used.samples());
  }
  for (const auto& seat : candidate.seats()) reward.add_evaluators(seat.account());
  const auto sent = interchain::send(
      ctx, {params.reward_client(), "rewards", "", schema::encode(reward)});
  if (sent != TxStatus::ok) {
    ctx.emit("evaluation.reward_not_sent", {{"candidate", std::to_string(candidate.id())},
                                            {"why", std::string(name(sent))}});
  }
}

void move_index(Context& ctx, pb::Candidate& candidate, pb::Verdict& verdict) {
  const auto params = kEvaluationParams.get_or_default(ctx, {});
  const auto* target = worst_target(verdict);
  CHECK(target != nullptr, "an accepted verdict measured its target");
  models::Acceptance acceptance{candidate.model(), candidate.id(), target->lower_bound_nano(), {}};
  for (int i = 0; i < candidate.headers_size(); ++i) {
    acceptance.blocks.push_back({to_bytes(candidate.headers(i)), candidate.lineage(i)});
  }
  verdict.set_head_before(candidate.head());
  verdict.set_head_after(to_field(models::accept(ctx, acceptance)));
  verdict.set_challenge_ends_height(ctx.block().height.value + params.challenge_blocks());
  add_harm(ctx, candidate.model(), verdict);
  send_reward(ctx, candidate, *target);
}

void thank_evaluators(Context& ctx, const pb::Candidate& candidate) {
  for (const auto& seat : candidate.seats()) {
    const auto account = to_address(seat.account());
    auto evaluator = kEvaluators.get(ctx, {account});
    if (!evaluator) continue;
    evaluator->set_open_seats(evaluator->open_seats() - 1);
    if (seat.revealed()) {
      evaluator->set_evaluations(evaluator->evaluations() + 1);
      auto credits = kContributors.get_or_default(ctx, {account});
      credits.set_account(seat.account());
      credits.set_pol_credits(credits.pol_credits() + kCreditsEvaluation);
      kContributors.put(ctx, {account}, credits);
    }
    kEvaluators.put(ctx, {account}, *evaluator);
  }
}

/// The offer may have stopped fitting while it was measured: another took its slot.
bool still_fits(const ReadContext& ctx, const pb::Candidate& candidate) {
  for (const auto& bytes : candidate.headers()) {
    const auto parsed = models::parse_header(as_bytes(bytes));
    const auto now = models::check_offer(ctx, *parsed);
    // A lease that ran out while the committee worked does not count against the trainer.
    if (now != TxStatus::ok && now != TxStatus::slot_not_leased) return false;
  }
  return true;
}

}  // namespace

void close(Context& ctx, pb::Candidate& candidate, const pb::Verdict& found) {
  auto verdict = found;
  if (verdict.accepted() && !still_fits(ctx, candidate)) {
    verdict.set_accepted(false);
    verdict.set_reason(pb::REASON_PARENT_TOO_OLD);
  }
  verdict.set_height(ctx.block().height.value);
  const auto account = to_address(candidate.account());
  auto contributor = kContributors.get_or_default(ctx, {account});
  contributor.set_account(candidate.account());
  verdict.accepted() ? note_accepted(contributor) : note_refused(contributor);
  kContributors.put(ctx, {account}, contributor);
  if (verdict.accepted()) move_index(ctx, candidate, verdict);
  thank_evaluators(ctx, candidate);

  *candidate.mutable_verdict() = verdict;
  candidate.clear_alternates();
  candidate.set_status(verdict.accepted() ? pb::CANDIDATE_STATUS_ACCEPTED
                                          : pb::CANDIDATE_STATUS_REJECTED);
  save(ctx, candidate, 0);
  ctx.emit(verdict.accepted() ? "evaluation.accepted" : "evaluation.rejected",
           {{"candidate", std::to_string(candidate.id())},
            {"model", candidate.model()},
            {"account", account.text()},
            {"reason", pb::Reason_Name(verdict.reason())},
            {"slice", verdict.slice()},
            {"measured_nano", std::to_string(verdict.measured_nano())},
            {"limit_nano", std::to_string(verdict.limit_nano())}});
}

VerdictRules rules_for(const ReadContext& ctx, const pb::Candidate& candidate,
                       const pb::Params& params) {
  VerdictRules rules{params, candidate.target_slice(), {}, {}};
  const auto model = models::kModels.get_or_default(ctx, {candidate.model()});
  const auto meta = models::current_rules(ctx, model);
  for (const auto& slice : meta.slices()) rules.slices.push_back(slice.name());
  kHarms.scan(ctx, kHarms.prefix(candidate.model()), [&](const auto&, const pb::SliceHarm& harm) {
    rules.harm_nano[harm.slice()] = harm.harm_nano();
    return ScanStep::next;
  });
  return rules;
}

}  // namespace cambium::chain::evaluation
