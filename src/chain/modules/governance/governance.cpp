#include "chain/modules/governance/governance.hpp"

namespace cambium::chain::governance {

const Address& governance_account() {
  static const Address account = module_address("governance");
  return account;
}

bool is_excluded(const ReadContext& ctx, const Address& validator) {
  const auto found = kExcluded.get(ctx, {validator});
  return found && ctx.block().time.value < found->until_ms();
}

void remember_due(Context& ctx, TimeMs when, const pb::Due& due) {
  auto totals = kTotals.get_or_default(ctx, {});
  totals.set_last_due(totals.last_due() + 1);
  kTotals.put(ctx, {}, totals);
  kDue.put(ctx, {static_cast<std::uint64_t>(when.value), totals.last_due()}, due);
}

std::optional<pb::Proposal> find(const ReadContext& ctx, std::uint64_t id) {
  return id == 0 ? std::nullopt : kProposals.get(ctx, {id});
}

void save(Context& ctx, const pb::Proposal& proposal) {
  kProposals.put(ctx, {proposal.id()}, proposal);
}

}  // namespace cambium::chain::governance
