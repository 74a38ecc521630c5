#include "chain/modules/treasury/treasury.hpp"

#include <algorithm>

#include "chain/modules/bank/bank.hpp"
#include "chain/modules/governance/governance.hpp"

namespace cambium::chain::treasury {
namespace {

TxStatus pay(Context& ctx, const Payment& payment) {
  TRY_TX(bank::transfer(ctx, {treasury_account(), payment.to, bank::coin(payment.ucbm)}));
  auto book = kBook.get_or_default(ctx, {});
  book.set_paid_ucbm(book.paid_ucbm() + payment.ucbm);
  kBook.put(ctx, {}, book);
  ctx.emit("treasury.paid", {{"to", payment.to.text()}, {"amount", std::to_string(payment.ucbm)}});
  return TxStatus::ok;
}

}  // namespace

const Address& treasury_account() {
  static const Address account = module_address("treasury");
  return account;
}

const Address& disputes_account() {
  static const Address account = module_address("treasury_disputes");
  return account;
}

std::uint64_t free_ucbm(const ReadContext& ctx) {
  const auto held = bank::spendable(ctx, {treasury_account()});
  const auto promised = kBook.get_or_default(ctx, {}).promised_ucbm();
  return held > promised ? held - promised : 0;
}

std::uint64_t inflow_ucbm(const ReadContext& ctx) {
  const auto held = bank::kBalances.get_or_default(ctx, {treasury_account(), bank::kUcbm}).amount();
  const auto paid = kBook.get_or_default(ctx, {}).paid_ucbm();
  return held > UINT64_MAX - paid ? UINT64_MAX : held + paid;
}

TxStatus pay_free(Context& ctx, const Payment& payment) {
  if (payment.ucbm == 0) return TxStatus::ok;
  return free_ucbm(ctx) < payment.ucbm ? TxStatus::treasury_short : pay(ctx, payment);
}

TxStatus promise(Context& ctx, std::uint64_t ucbm) {
  if (free_ucbm(ctx) < ucbm) return TxStatus::treasury_short;
  auto book = kBook.get_or_default(ctx, {});
  book.set_promised_ucbm(book.promised_ucbm() + ucbm);
  kBook.put(ctx, {}, book);
  return TxStatus::ok;
}

TxStatus pay_promised(Context& ctx, const Payment& payment) {
  if (payment.ucbm == 0) return TxStatus::ok;
  take_back(ctx, payment.ucbm);
  return pay(ctx, payment);
}

void take_back(Context& ctx, std::uint64_t ucbm) {
  auto book = kBook.get_or_default(ctx, {});
  CHECK(book.promised_ucbm() >= ucbm, "more is taken back than was promised");
  book.set_promised_ucbm(book.promised_ucbm() - ucbm);
  kBook.put(ctx, {}, book);
}

bool is_proposal(const std::string& sender) {
  return sender == to_field(governance::governance_account());
}

std::uint64_t run_ucbm(const pb::Stream& stream, TimeMs now) {
  if (now.value <= stream.start_ms()) return 0;
  if (now.value >= stream.end_ms()) return stream.amount_ucbm();
  const auto elapsed = static_cast<std::uint64_t>(now.value - stream.start_ms());
  const auto whole = static_cast<std::uint64_t>(stream.end_ms() - stream.start_ms());
  return mul_div(stream.amount_ucbm(), elapsed, whole).value_or(0);
}

}  // namespace cambium::chain::treasury
