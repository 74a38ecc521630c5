#include "base/planted_bug.hpp"
#include "chain/modules/slashing/slashing.hpp"
#include "chain/modules/slashing/steps.hpp"
#include "chain/modules/staking/active_set.hpp"
#include "chain/modules/staking/slash.hpp"

namespace cambium::chain::slashing {
namespace {

/// A revoked key has paid: one punishment a key, however many votes it signed twice.
bool may_be_punished(const ReadContext& ctx, const Misbehaviour& found) {
  const auto bound = staking::kOperators.get(ctx, {found.validator});
  return bound && !bound->revoked() && !too_old(ctx, found.time);
}

Bytes judge(Context& ctx, ByteView) {
  bool punished = false;
  for (const Misbehaviour& found : ctx.block().commit.misbehaviour) {
    if (!may_be_punished(ctx, found) || planted(PlantedBug::double_sign_unpunished)) continue;
    const auto bound = staking::kOperators.get_or_default(ctx, {found.validator});
    punish(ctx, {to_address(bound.operator_()), pb::Offence::DOUBLE_SIGN, found.height});
    if (planted(PlantedBug::double_sign_punished_twice)) {
      punish(ctx, {to_address(bound.operator_()), pb::Offence::DOUBLE_SIGN, found.height});
    }
    staking::revoke_key(ctx, found.validator);
    punished = true;
  }
  if (punished) staking::update_active_set(ctx);
  return {};
}

}  // namespace

BlockEndStep double_sign_step() {
  return {.name = "slashing.double_sign", .run = judge, .privileges = {.may_burn = true}};
}

}  // namespace cambium::chain::slashing
