// SetWithdrawAddress: rewards of one account are paid to another, so that its key can stay away.
#include "chain/message.hpp"
#include "chain/modules/staking/tables.hpp"

namespace cambium::chain {
namespace {

using namespace staking;

TxStatus preflight(const pb::SetWithdrawAddress& msg) {
  return msg.to().empty() || is_address(msg.to()) ? TxStatus::ok : TxStatus::bad_address;
}

TxStatus check(const ReadContext&, const pb::SetWithdrawAddress&) { return TxStatus::ok; }

TxStatus apply(Context& ctx, const pb::SetWithdrawAddress& msg) {
  const Address sender = to_address(msg.sender());
  const Address to = msg.to().empty() ? sender : to_address(msg.to());
  if (to == sender) {
    if (kWithdrawTo.has(ctx, {sender})) kWithdrawTo.erase(ctx, {sender});
  } else {
    pb::WithdrawAddress set;
    set.set_to(msg.to());
    kWithdrawTo.put(ctx, {sender}, set);
  }
  ctx.emit("staking.withdraw_address", {{"account", sender.text()}, {"to", to.text()}});
  return TxStatus::ok;
}

}  // namespace

template <>
MessageHandler handler_of<staking::pb::SetWithdrawAddress>() {
  return handler<staking::pb::SetWithdrawAddress>({.base_gas = {2'000}},
                                                  {preflight, check, apply});
}

}  // namespace cambium::chain
