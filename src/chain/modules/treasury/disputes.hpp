// Disputes about a bounty: a panel drawn by a later block's beacon rules, whoever lost may appeal
// to one of twice the size. Every round's deposit pays its panel; who was right gets his back.
#pragma once

#include "chain/module.hpp"
#include "chain/modules/treasury/treasury.hpp"

namespace cambium::chain::treasury {

struct Claim {
  std::uint64_t bounty = 0;
  Address claimant;
};
/// Pays the bounty to the claimant and closes it. `bounty` is stored.
TxStatus pay_bounty(Context& ctx, const Claim& claim, pb::Bounty& bounty);

/// What the deposit of that round is: doubled each time.
std::uint64_t deposit_of_round(const pb::Params& params, std::uint32_t round);

/// Takes the deposit and asks for a panel, which a later block draws.
struct NewRound {
  std::uint64_t dispute = 0;
  Address depositor;
};
TxStatus begin_round(Context& ctx, const NewRound& round, pb::Dispute& dispute);

/// The majority is known, or the window is over: settles the deposit and waits for an appeal.
void end_round(Context& ctx, std::uint64_t id, pb::Dispute& dispute);

/// Which side has more than half of the seats, if any.
enum class Side : std::uint8_t { undecided, claimant, reviewers };
Side majority(const pb::Dispute& dispute);

/// Stores the dispute and puts its next step on the calendar; 0: it has none.
void save_dispute(Context& ctx, std::uint64_t id, pb::Dispute& dispute, TimeMs due);

/// Draws, ends and closes what is due.
BlockEndStep dispute_step();

}  // namespace cambium::chain::treasury
