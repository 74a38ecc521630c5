#include "chain/modules/bank/queries.hpp"

namespace cambium::chain::bank {
namespace {

std::string denom_or_token(const std::string& denom) { return denom.empty() ? kUcbm : denom; }

Result<Address> account_of(const std::string& field) {
  if (is_address(field)) return to_address(field);
  return fail(ErrorCode::invalid_input, "account must be an address such as cbm1...");
}

Result<pb::BalanceReply> balance(const ReadContext& ctx, const pb::BalanceRequest& request) {
  TRY(const Address account, account_of(request.account()));
  const std::string denom = denom_or_token(request.denom());
  const auto balance = kBalances.get_or_default(ctx, {account, denom});
  pb::BalanceReply reply;
  reply.set_amount(balance.amount());
  reply.set_held(balance.held());
  if (const auto vesting = kVestings.get(ctx, {account}); vesting && denom == kUcbm) {
    reply.set_vesting(unvested(*vesting, ctx.block().time));
  }
  reply.set_spendable(spendable(ctx, {account, denom}));
  return reply;
}

Bytes balance_key(const pb::BalanceRequest& request) {
  if (!is_address(request.account())) return {};
  return kBalances.key({to_address(request.account()), denom_or_token(request.denom())});
}

Result<pb::BalancesReply> balances(const ReadContext& ctx, const pb::BalancesRequest& request) {
  constexpr int kMost = 1'000;
  TRY(const Address account, account_of(request.account()));
  pb::BalancesReply reply;
  kBalances.scan(ctx, kBalances.prefix(account), [&](const auto& key, const pb::Balance& balance) {
    *reply.add_coins() = coin(balance.amount(), std::get<1>(key));
    return reply.coins_size() < kMost ? ScanStep::next : ScanStep::stop;
  });
  return reply;
}

Result<pb::SupplyReply> supply(const ReadContext& ctx, const pb::SupplyRequest& request) {
  pb::SupplyReply reply;
  *reply.mutable_supply() = kSupplies.get_or_default(ctx, {denom_or_token(request.denom())});
  return reply;
}

Bytes supply_key(const pb::SupplyRequest& request) {
  return kSupplies.key({denom_or_token(request.denom())});
}

}  // namespace

std::vector<Query> queries() {
  return {query("balance", balance, balance_key),
          query("balances", balances),
          query("supply", supply, supply_key)};
}

}  // namespace cambium::chain::bank
