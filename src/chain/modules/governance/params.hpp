// The numbers by which votes are decided; every one of them governed.
#pragma once

#include "chain/modules/governance/governance.hpp"

namespace cambium::chain::governance {

/// Fills what genesis left at zero with the economy's values.
void fill_defaults(pb::Params& params);

/// Why these values make no sense, as a sentence; nothing when they do.
std::optional<std::string> why_not(const pb::Params& before, const pb::Params& after);

/// What differs between the tracks.
struct TrackRules {
  std::uint64_t deposit_ucbm = 0;
  std::int64_t window_ms = 0;
  std::uint64_t quorum_nano = 0;     // of the electorate that must vote, abstentions included
  std::uint64_t threshold_nano = 0;  // yes must be more than this part of yes, no and veto
  std::uint64_t veto_nano = 0;       // from this part of all votes on; 0: there is no veto
  std::int64_t lasts_ms = 0;         // emergencies: how long an act may last
};
TrackRules rules_of(const pb::Params& params, pb::Track track);

/// How many of `validators` an emergency needs: ceil(2n/3), ceil(0.80 n), ceil(0.75 n) by default.
std::uint32_t required_votes(const pb::Params& params, pb::Track track, std::size_t validators);

}  // namespace cambium::chain::governance
