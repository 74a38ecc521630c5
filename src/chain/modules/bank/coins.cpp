#include <algorithm>

#include "base/planted_bug.hpp"
#include "chain/modules/bank/bank.hpp"
#include "chain/records.hpp"

namespace cambium::chain::bank {
namespace {

/// Adds to a balance and keeps no empty record.
TxStatus credit(Context& ctx, const Address& to, const pb::Coin& coin) {
  auto balance = kBalances.get_or_default(ctx, {to, coin.denom()});
  if (coin.amount() > UINT64_MAX - balance.amount()) return TxStatus::balance_overflow;
  balance.set_amount(balance.amount() + coin.amount());
  kBalances.put(ctx, {to, coin.denom()}, balance);
  return TxStatus::ok;
}

TxStatus debit(Context& ctx, const Address& from, const pb::Coin& coin) {
  if (spendable(ctx, {from, coin.denom()}) < coin.amount()) return TxStatus::insufficient_funds;
  auto balance = kBalances.get_or_default(ctx, {from, coin.denom()});
  balance.set_amount(balance.amount() - coin.amount());
  if (balance.amount() == 0) {
    kBalances.erase(ctx, {from, coin.denom()});
  } else {
    kBalances.put(ctx, {from, coin.denom()}, balance);
  }
  return TxStatus::ok;
}

}  // namespace

pb::Coin coin(std::uint64_t amount, const std::string& denom) {
  pb::Coin coin;
  coin.set_denom(denom);
  coin.set_amount(amount);
  return coin;
}

bool is_denomination(const std::string& text) {
  const auto allowed = [](char c) {
    return (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9') || c == '/' || c == ':' || c == '-';
  };
  return text.size() >= 3 && text.size() <= 64 && text[0] >= 'a' && text[0] <= 'z' &&
         std::ranges::all_of(text, allowed);
}

TxStatus preflight_coin(const pb::Coin& coin) {
  if (!is_denomination(coin.denom())) return TxStatus::bad_denomination;
  return coin.amount() == 0 ? TxStatus::bad_amount : TxStatus::ok;
}

std::uint64_t unvested(const pb::Vesting& vesting, TimeMs now) {
  const std::int64_t elapsed = now.value - vesting.start_ms();
  if (elapsed < vesting.cliff_ms() || elapsed < 0) return vesting.amount_ucbm();
  if (elapsed >= vesting.end_ms()) return 0;
  const auto vested = mul_div(vesting.amount_ucbm(), static_cast<std::uint64_t>(elapsed),
                              static_cast<std::uint64_t>(vesting.end_ms()));
  return vesting.amount_ucbm() - vested.value_or(0);
}

std::uint64_t spendable(const ReadContext& ctx, const Holding& holding) {
  const auto balance = kBalances.get(ctx, {holding.account, holding.denom});
  if (!balance) return 0;
  const auto frozen = kFrozen.get(ctx, {holding.account});
  if (frozen && ctx.block().time.value < frozen->until_ms()) return 0;
  std::uint64_t locked = balance->held();
  if (holding.denom == kUcbm) {
    if (const auto vesting = kVestings.get(ctx, {holding.account})) {
      const std::uint64_t more = unvested(*vesting, ctx.block().time);
      locked = more > UINT64_MAX - locked ? UINT64_MAX : locked + more;
    }
  }
  return balance->amount() > locked ? balance->amount() - locked : 0;
}

TxStatus transfer(Context& ctx, const Transfer& transfer) {
  if (transfer.coin.amount() == 0) return TxStatus::ok;
  TRY_TX(debit(ctx, transfer.from, transfer.coin));
  TRY_TX(credit(ctx, transfer.to, transfer.coin));
  if (planted(PlantedBug::transfer_credits_twice) && ctx.block().height.value > 0) {
    credit(ctx, transfer.to, transfer.coin);
  }
  ctx.emit("bank.transfer", {{"from", transfer.from.text()},
                             {"to", transfer.to.text()},
                             {"denom", transfer.coin.denom()},
                             {"amount", std::to_string(transfer.coin.amount())}});
  return TxStatus::ok;
}

TxStatus mint(Context& ctx, const Address& to, const pb::Coin& coin) {
  if (!ctx.privileges().may_mint) return TxStatus::privilege_missing;
  if (coin.amount() == 0) return TxStatus::ok;
  auto supply = kSupplies.get_or_default(ctx, {coin.denom()});
  if (coin.amount() > UINT64_MAX - supply.minted()) return TxStatus::balance_overflow;
  supply.set_minted(supply.minted() + coin.amount());
  supply.set_total(supply.total() + coin.amount());
  kSupplies.put(ctx, {coin.denom()}, supply);
  TRY_TX(credit(ctx, to, coin));
  ctx.emit("bank.mint", {{"to", to.text()},
                         {"denom", coin.denom()},
                         {"amount", std::to_string(coin.amount())}});
  return TxStatus::ok;
}

TxStatus burn(Context& ctx, const Address& from, const pb::Coin& coin) {
  if (!ctx.privileges().may_burn) return TxStatus::privilege_missing;
  if (coin.amount() == 0) return TxStatus::ok;
  TRY_TX(debit(ctx, from, coin));
  if (planted(PlantedBug::burn_keeps_supply)) return TxStatus::ok;
  auto supply = kSupplies.get_or_default(ctx, {coin.denom()});
  supply.set_burnt(supply.burnt() + coin.amount());
  supply.set_total(supply.total() - coin.amount());
  kSupplies.put(ctx, {coin.denom()}, supply);
  ctx.emit("bank.burn", {{"from", from.text()},
                         {"denom", coin.denom()},
                         {"amount", std::to_string(coin.amount())}});
  return TxStatus::ok;
}

TxStatus hold(Context& ctx, const Address& account, const pb::Coin& coin) {
  if (spendable(ctx, {account, coin.denom()}) < coin.amount()) return TxStatus::insufficient_funds;
  auto balance = kBalances.get_or_default(ctx, {account, coin.denom()});
  balance.set_held(balance.held() + coin.amount());
  kBalances.put(ctx, {account, coin.denom()}, balance);
  return TxStatus::ok;
}

TxStatus release(Context& ctx, const Address& account, const pb::Coin& coin) {
  auto balance = kBalances.get_or_default(ctx, {account, coin.denom()});
  if (balance.held() < coin.amount()) return TxStatus::nothing_held;
  balance.set_held(balance.held() - coin.amount());
  kBalances.put(ctx, {account, coin.denom()}, balance);
  return TxStatus::ok;
}

}  // namespace cambium::chain::bank
