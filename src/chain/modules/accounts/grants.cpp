// What a grant still allows.
#include "chain/modules/accounts/accounts.hpp"

namespace cambium::chain::accounts {

std::optional<pb::GrantRecord> live_grant(const ReadContext& ctx, const Deputy& deputy) {
  const auto grant = kGrants.get(ctx, {deputy.granter, deputy.grantee, deputy.message});
  if (!grant) return std::nullopt;
  const bool expired = grant->expires_ms() != 0 && ctx.block().time.value > grant->expires_ms();
  return expired ? std::nullopt : grant;
}

void erase_grant(Context& ctx, const Deputy& deputy) {
  kGrants.erase(ctx, {deputy.granter, deputy.grantee, deputy.message});
  kGrantRefs.erase(ctx, {deputy.grantee, deputy.granter, deputy.message});
}

TxStatus use_grant(Context& ctx, const Deputy& deputy, Amount spent) {
  auto grant = live_grant(ctx, deputy);
  if (!grant) return TxStatus::ok;  // the message itself ended it: it was there when it began
  if (grant->limited_spend()) {
    if (spent.ucbm > grant->spend_left_ucbm()) return TxStatus::grant_overspent;
    grant->set_spend_left_ucbm(grant->spend_left_ucbm() - spent.ucbm);
  }
  if (grant->limited_uses()) grant->set_uses_left(grant->uses_left() - 1);
  if (grant->limited_uses() && grant->uses_left() == 0) {
    erase_grant(ctx, deputy);
  } else if (grant->limited_spend() || grant->limited_uses()) {
    kGrants.put(ctx, {deputy.granter, deputy.grantee, deputy.message}, *grant);
  }
  return TxStatus::ok;
}

}  // namespace cambium::chain::accounts
