#include "chain/module.hpp"

#include "base/amount.hpp"
#include "chain/message.hpp"
#include "chain/modules/evaluation/committee.hpp"
#include "chain/modules/evaluation/evaluation.hpp"
#include "chain/modules/evaluation/invariants.hpp"
#include "chain/modules/evaluation/queries.hpp"
#include "chain/modules/modules.hpp"

namespace cambium::chain::evaluation {
namespace {

constexpr std::uint64_t kMilliNat = 1'000'000;  // 0.001 nats in 10^-9
constexpr std::size_t kMaxStepsPerBlock = 64;   // each may touch a whole committee

void fill_times(pb::Params& p) {
  if (p.commit_window_blocks() == 0) p.set_commit_window_blocks(1);
  if (p.reveal_blocks() == 0) p.set_reveal_blocks(720);
  if (p.evaluation_commit_blocks() == 0) p.set_evaluation_commit_blocks(720);
  if (p.evaluation_reveal_blocks() == 0) p.set_evaluation_reveal_blocks(120);
  if (p.challenge_blocks() == 0) p.set_challenge_blocks(720);
  if (p.committee_size() == 0) p.set_committee_size(5);
  if (p.max_measurements() == 0) p.set_max_measurements(3);
}

void fill_limits(pb::Params& p) {
  if (p.evaluator_bond_ucbm() == 0) p.set_evaluator_bond_ucbm(cbm(10).ucbm);
  if (p.min_gain_nano() == 0) p.set_min_gain_nano(20 * kMilliNat);
  if (p.max_harm_nano() == 0) p.set_max_harm_nano(10 * kMilliNat);
  if (p.max_cumulative_harm_nano() == 0) p.set_max_cumulative_harm_nano(30 * kMilliNat);
  if (p.min_sequences() == 0) p.set_min_sequences(2);
  if (p.min_tokens() == 0) p.set_min_tokens(65'536);
  if (p.newbie_per_day() == 0) p.set_newbie_per_day(20);
  if (p.trusted_per_day() == 0) p.set_trusted_per_day(200);
  if (p.no_reveal_slash_ucbm() == 0) p.set_no_reveal_slash_ucbm(cbm(2).ucbm);
  if (p.dissent_slash_ucbm() == 0) p.set_dissent_slash_ucbm(cbm(1).ucbm / 10);
}

std::optional<std::string> why_not(const pb::Params&, const pb::Params& p) {
  constexpr std::uint64_t kMostBlocks = 1'000'000;
  for (const auto blocks : {p.commit_window_blocks(), p.reveal_blocks(),
                            p.evaluation_commit_blocks(), p.evaluation_reveal_blocks(),
                            p.challenge_blocks()}) {
    if (blocks == 0 || blocks > kMostBlocks) return "a window must be 1 to 1000000 blocks";
  }
  if (p.committee_size() == 0 || p.committee_size() > 101) return "a committee has 1 to 101 seats";
  if (p.max_measurements() == 0) return "a candidate must be measured at least once";
  if (p.no_reveal_slash_ucbm() > p.evaluator_bond_ucbm() ||
      p.dissent_slash_ucbm() > p.evaluator_bond_ucbm()) {
    return "a penalty is above the evaluator's bond";
  }
  if (p.max_harm_nano() > p.max_cumulative_harm_nano()) return "one harm is above the sum allowed";
  return std::nullopt;
}

Status init(Context& ctx, const pb::Genesis& genesis) {
  auto params = genesis.params();
  fill_times(params);
  fill_limits(params);
  kEvaluationParams.put(ctx, {}, params);
  return {};
}

void step(Context& ctx, pb::Candidate& candidate) {
  switch (candidate.status()) {
    case pb::CANDIDATE_STATUS_COMMITTED:
      return refuse(ctx, candidate, pb::REASON_NOT_REVEALED);
    case pb::CANDIDATE_STATUS_DRAWING: return draw_committee(ctx, candidate);
    case pb::CANDIDATE_STATUS_MEASURING: return commit_deadline(ctx, candidate);
    case pb::CANDIDATE_STATUS_REVEALING: return reveal_deadline(ctx, candidate);
    default: return save(ctx, candidate, 0);
  }
}

/// Deadlines sort by height, so every block starts at the oldest; what does not fit is due still.
Bytes run_deadlines(Context& ctx, ByteView) {
  std::vector<std::uint64_t> due;
  const std::uint64_t now = ctx.block().height.value;
  kDeadlines.scan(ctx, kDeadlines.prefix(), [&](const auto& key, const auto&) {
    if (std::get<0>(key) > now || due.size() >= kMaxStepsPerBlock) return ScanStep::stop;
    due.push_back(std::get<1>(key));
    return ScanStep::next;
  });
  for (const auto id : due) {
    auto found = candidate(ctx, id);
    CHECK(found, "a deadline belongs to a candidate");
    step(ctx, *found);
  }
  return {};
}

}  // namespace

Module module() {
  return {
      .name = "evaluation",
      .prefix = kEvaluationPrefix,
      .messages =
          {
              handler_of<pb::BondEvaluator>(),
              handler_of<pb::UnbondEvaluator>(),
              handler_of<pb::CommitCandidate>(),
              handler_of<pb::RevealCandidate>(),
              handler_of<pb::CommitEvaluation>(),
              handler_of<pb::RevealEvaluation>(),
          },
      .tables = {kEvaluationParams.info("params"), kCandidates.info("candidate"),
                 kEvaluators.info("evaluator"), kContributors.info("contributor"),
                 kHarms.info("harm"), kCounter.info("counter"), kCommitments.info("commitment"),
                 kDeadlines.info("deadline")},
      .queries = queries(),
      .invariants = {bonds_are_held()},
      .genesis = genesis<pb::Genesis>(init),
      .block_end = {{.name = "evaluation.deadlines", .run = run_deadlines}},
      .params = governed<pb::Params>(kEvaluationParams, why_not),
  };
}

}  // namespace cambium::chain::evaluation
