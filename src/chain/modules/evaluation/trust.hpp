// Contribution trust: how many candidates an account may offer a day (B/POL-04, B/POL-05).
#pragma once

#include "cambium/evaluation/v1/evaluation.pb.h"

namespace cambium::chain::evaluation {

namespace pb = cambium::evaluation::v1;

inline constexpr std::uint32_t kSuccessesForTrust = 3;   // in a row
inline constexpr std::uint32_t kFailuresForNewbie = 5;   // in a row
inline constexpr std::uint64_t kCreditsAccepted = 100;   // PoL credits (B/EVO-08)
inline constexpr std::uint64_t kCreditsEvaluation = 25;

/// What is left of the quota on `day` (days since the Unix epoch).
std::uint32_t quota_left(const pb::Contributor& contributor, const pb::Params& params,
                         std::uint64_t day);
void note_offer(pb::Contributor& contributor, std::uint64_t day);
/// An accepted candidate gives its quota back; five refusals in a row end trust.
void note_accepted(pb::Contributor& contributor);
void note_refused(pb::Contributor& contributor);

}  // namespace cambium::chain::evaluation
