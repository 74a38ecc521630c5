// Coins on their way: out of stake, or bound to where a redelegation took them. A slash does not
// visit them; each entry looks up the slashes that reach it when it ends.
#pragma once

#include "chain/module.hpp"
#include "chain/modules/staking/stake.hpp"

namespace cambium::chain::staking {

/// too_many_entries when the account has as many at this validator as allowed.
TxStatus check_unbondings(const ReadContext& ctx, const Bond& bond);
TxStatus check_redelegations(const ReadContext& ctx, const Bond& bond);

/// Takes stake away and lets it mature; returns the entry's id.
std::uint64_t start_unbonding(Context& ctx, const Bond& bond);

struct Move {
  Address account;
  Address from;
  Address to;
  std::uint64_t amount_ucbm = 0;
};
TxStatus redelegate(Context& ctx, const Move& move);

/// What slashes of `validator` leave of coins that it held until the entry began: every slash for
/// an infraction at or before that height which had not been taken by then, one after the other.
struct Exposure {
  Address validator;
  std::uint64_t amount_ucbm = 0;
  std::uint64_t height = 0;
  std::uint64_t slashes_seen = 0;
};
std::uint64_t left_after_slashes(const ReadContext& ctx, const Exposure& exposure);
std::uint64_t left_after_slashes(const ReadContext& ctx, const Address& validator,
                                 const pb::Unbonding& entry);

/// Bonds part of an entry again. Slashes that reach the entry are taken first, so it needs the
/// right to burn. The caller has checked that so much is left.
struct Cancel {
  Bond bond;
  std::uint64_t id = 0;
};
TxStatus cancel_unbonding(Context& ctx, const Cancel& cancel);

/// Pays out what has matured, at most 2000 entries a block; burns what slashes took.
BlockEndStep mature_step();

}  // namespace cambium::chain::staking
