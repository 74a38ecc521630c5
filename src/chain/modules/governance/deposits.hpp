// What stands behind a proposal: given back when it is decided, burnt when it is vetoed.
#pragma once

#include "chain/modules/governance/governance.hpp"

namespace cambium::chain::governance {

struct NewDeposit {
  Address from;
  Amount amount;
};
/// Takes the coins; opens the vote when the track's deposit is reached. `proposal` is stored.
TxStatus add_deposit(Context& ctx, pb::Proposal& proposal, const NewDeposit& deposit);
/// insufficient_funds, too_many_depositors, or ok.
TxStatus check_deposit(const ReadContext& ctx, const pb::Proposal& proposal,
                       const NewDeposit& deposit);

/// Opens the vote now.
void open_vote(Context& ctx, pb::Proposal& proposal);

/// Every depositor gets back what he gave, less what `burn` takes from his part.
enum class Burn : std::uint8_t { nothing, half_of_proposers, everything };
void end_deposits(Context& ctx, const pb::Proposal& proposal, Burn burn);

}  // namespace cambium::chain::governance
