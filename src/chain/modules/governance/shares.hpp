// Voters and successful proposers share a part of what came into the treasury in a year. Lazy: a
// proposal joins the year it was decided in; after the year each voter claims by his own ballot.
#pragma once

#include "chain/modules/governance/governance.hpp"

namespace cambium::chain::governance {

/// A decided stake proposal that reached its quorum has part in the present year.
void join_year(Context& ctx, pb::Proposal& proposal);

/// The calendar's first entry, at genesis.
void first_year(Context& ctx);
/// Closes the year that ended and opens the next. What nobody claimed of the year before it flows
/// into the new pool, so a claim can be made for one year.
void roll_year(Context& ctx);

/// What the account may take for this proposal now; year_not_over, nothing_to_claim, or ok.
struct Share {
  TxStatus status = TxStatus::ok;
  std::uint64_t as_voter_ucbm = 0;
  std::uint64_t as_proposer_ucbm = 0;
};
Share share_of(const ReadContext& ctx, const pb::Proposal& proposal, const Address& account);

}  // namespace cambium::chain::governance
