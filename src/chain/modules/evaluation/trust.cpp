#include "chain/modules/evaluation/trust.hpp"

namespace cambium::chain::evaluation {

std::uint32_t quota_left(const pb::Contributor& contributor, const pb::Params& params,
                         std::uint64_t day) {
  const std::uint32_t quota =
      contributor.trusted() ? params.trusted_per_day() : params.newbie_per_day();
  const std::uint32_t used = contributor.day() == day ? contributor.used_today() : 0;
  return quota > used ? quota - used : 0;
}

void note_offer(pb::Contributor& contributor, std::uint64_t day) {
  if (contributor.day() != day) {
    contributor.set_day(day);
    contributor.set_used_today(0);
  }
  contributor.set_used_today(contributor.used_today() + 1);
}

void note_accepted(pb::Contributor& contributor) {
  contributor.set_decided(contributor.decided() + 1);
  contributor.set_accepted(contributor.accepted() + 1);
  contributor.set_failures_in_a_row(0);
  contributor.set_successes_in_a_row(contributor.successes_in_a_row() + 1);
  if (contributor.successes_in_a_row() >= kSuccessesForTrust) contributor.set_trusted(true);
  if (contributor.used_today() > 0) contributor.set_used_today(contributor.used_today() - 1);
  contributor.set_pol_credits(contributor.pol_credits() + kCreditsAccepted);
}

void note_refused(pb::Contributor& contributor) {
  contributor.set_decided(contributor.decided() + 1);
  contributor.set_successes_in_a_row(0);
  contributor.set_failures_in_a_row(contributor.failures_in_a_row() + 1);
  if (contributor.failures_in_a_row() >= kFailuresForNewbie) contributor.set_trusted(false);
}

}  // namespace cambium::chain::evaluation
