// The module's state, and what rewards may ask of it.
#pragma once

#include <optional>
#include <string>

#include "cambium/evaluation/v1/evaluation.pb.h"
#include "chain/table.hpp"

namespace cambium::chain::evaluation {

namespace pb = cambium::evaluation::v1;

inline constexpr Table<pb::Params> kEvaluationParams{TableId{kEvaluationPrefix, 1}};
inline constexpr Table<pb::Candidate, std::uint64_t> kCandidates{TableId{kEvaluationPrefix, 2}};
inline constexpr Table<pb::Evaluator, Address> kEvaluators{TableId{kEvaluationPrefix, 3}};
inline constexpr Table<pb::Contributor, Address> kContributors{TableId{kEvaluationPrefix, 4}};
/// (model, slice)
inline constexpr Table<pb::SliceHarm, std::string, std::string> kHarms{
    TableId{kEvaluationPrefix, 5}};
inline constexpr Table<pb::Counter> kCounter{TableId{kEvaluationPrefix, 6}};
/// (commitment): who committed first; a copy of it is refused.
inline constexpr Table<pb::CandidateRef, Hash> kCommitments{TableId{kEvaluationPrefix, 7}};
/// (height, candidate): whose step ends when.
inline constexpr Table<pb::CandidateRef, std::uint64_t, std::uint64_t> kDeadlines{
    TableId{kEvaluationPrefix, 8}};

/// Holds the evaluators' bonds.
Address bonds_account();

/// Nothing for 0 or an unknown number.
std::optional<pb::Candidate> candidate(const ReadContext& ctx, std::uint64_t id);

/// Writes the candidate and moves its entry among the deadlines; a height of 0 ends them.
void save(Context& ctx, pb::Candidate& candidate, std::uint64_t deadline_height);

}  // namespace cambium::chain::evaluation
