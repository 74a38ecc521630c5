// What can be done to a validator. Other modules decide when.
#pragma once

#include <string>

#include "chain/modules/staking/tables.hpp"

namespace cambium::chain::staking {

struct SlashOrder {
  Address validator;
  Height infraction;     // coins that unbond or were redelegated since then are reached too
  Ratio fraction;        // at most one
  std::string reason;    // for people: "double sign"
};
/// Burns this part of what is bonded to the validator, which costs everybody behind it in
/// proportion, and leaves a record for the coins on their way. Returns what was burnt now; needs
/// the right to burn.
Amount slash(Context& ctx, const SlashOrder& order);

/// Takes the validator out of the running until it asks to come back, at the earliest at `until`.
/// A longer ban stays.
void jail(Context& ctx, const Address& validator, TimeMs until);

/// The key of this consensus address may never sign again; its validator, if it is still that
/// one's, has to name another.
void revoke_key(Context& ctx, const Address& consensus);

}  // namespace cambium::chain::staking
