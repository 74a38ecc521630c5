#include "chain/modules/evaluation/evaluation.hpp"

namespace cambium::chain::evaluation {

Address bonds_account() { return module_address("evaluation_bonds"); }

std::optional<pb::Candidate> candidate(const ReadContext& ctx, std::uint64_t id) {
  return id == 0 ? std::nullopt : kCandidates.get(ctx, {id});
}

void save(Context& ctx, pb::Candidate& candidate, std::uint64_t deadline_height) {
  if (candidate.deadline_height() != 0) {
    kDeadlines.erase(ctx, {candidate.deadline_height(), candidate.id()});
  }
  candidate.set_deadline_height(deadline_height);
  if (deadline_height != 0) {
    pb::CandidateRef ref;
    ref.set_candidate(candidate.id());
    kDeadlines.put(ctx, {deadline_height, candidate.id()}, ref);
  }
  kCandidates.put(ctx, {candidate.id()}, candidate);
}

}  // namespace cambium::chain::evaluation
