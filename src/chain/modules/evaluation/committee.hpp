// A candidate's way through its committee: seats drawn, timed out, replaced; the verdict.
#pragma once

#include "chain/context.hpp"
#include "chain/modules/evaluation/verdict.hpp"

namespace cambium::chain::evaluation {

/// Slices and harm so far of the candidate's model; `params` must outlive the rules.
VerdictRules rules_for(const ReadContext& ctx, const pb::Candidate& candidate,
                       const pb::Params& params);

/// Draws seats and alternates with this block's beacon; waits when nobody is eligible.
void draw_committee(Context& ctx, pb::Candidate& candidate);

/// A step's deadline passed: seats that did not act lose bond and place.
void commit_deadline(Context& ctx, pb::Candidate& candidate);
void reveal_deadline(Context& ctx, pb::Candidate& candidate);

/// Every open seat has revealed: median, verdict, acceptance or another measurement.
void conclude(Context& ctx, pb::Candidate& candidate);

/// Ends the candidate with a reason that is not a measurement.
void refuse(Context& ctx, pb::Candidate& candidate, pb::Reason reason);

/// Records the verdict, closes seats, keeps trust and quotas.
void close(Context& ctx, pb::Candidate& candidate, const pb::Verdict& verdict);

/// Takes up to `ucbm` from an evaluator's bond for the treasury.
void slash(Context& ctx, const Address& evaluator, std::uint64_t ucbm);

}  // namespace cambium::chain::evaluation
