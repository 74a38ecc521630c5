// The group that makes the chain's randomness, as other rooms see it.
#pragma once

#include <optional>

#include "chain/modules/beacon/tables.hpp"
#include "crypto/beacon_scheme.hpp"

namespace cambium::chain::beacon {

/// The group whose shares sign the round of that height: made before that block, so asked of the
/// state below it. Nothing before the first group.
std::optional<pb::Group> group_of_round(const ReadContext& ctx, Height round);

/// What the group signs for a round: SHA-256("cambium/beacon-round/v1" || chain id || height).
Hash round_message(std::string_view chain_id, Height round);
/// The round's randomness, from its signature.
Bytes round_value(ByteView signature);

/// A draw was asked for in this block: rounds are kept until one can draw it. A chain without a
/// group keeps nothing.
void ask(Context& ctx);

/// Binds a deal, or a key, to its place. `number` is the session; keys have 0.
struct Purpose {
  std::string_view chain_id;
  std::uint64_t number = 0;
  Address who;
};
Bytes deal_context(const Purpose& purpose);
Bytes key_context(const Purpose& purpose);

/// 100 shares by power, largest remainders first, ties by address; who has none is left out.
struct Weight {
  Address operator_account;
  std::uint64_t power = 0;
};
struct Allotment {
  Address operator_account;
  crypto::ShareRange range;
  bool operator==(const Allotment&) const = default;
};
std::vector<Allotment> allot(std::vector<Weight> weights);

}  // namespace cambium::chain::beacon
