// WithdrawRewards: pays what an account's stake has earned, behind one validator or behind all.
#include "chain/message.hpp"
#include "chain/modules/staking/accrual.hpp"
#include "chain/modules/staking/stake.hpp"

namespace cambium::chain {
namespace {

using namespace staking;

constexpr std::size_t kMostAtOnce = 100;

/// Validators behind which the sender has earned at least one ucbm.
std::vector<Address> earning(const ReadContext& ctx, const pb::WithdrawRewards& msg) {
  const Address sender = to_address(msg.sender());
  std::vector<Address> out;
  const auto look = [&](const Address& validator, pb::Delegation delegation) {
    settle(kValidators.get_or_default(ctx, {validator}), delegation);
    if (delegation.owed_ucbm() != 0) out.push_back(validator);
  };
  if (!msg.validator().empty()) {
    const Address validator = to_address(msg.validator());
    if (const auto found = kDelegations.get(ctx, {sender, validator})) look(validator, *found);
    return out;
  }
  kDelegations.scan(ctx, kDelegations.prefix(sender), [&](const auto& key, const auto& item) {
    look(std::get<1>(key), item);
    return out.size() < kMostAtOnce && !ctx.out_of_gas() ? ScanStep::next : ScanStep::stop;
  });
  return out;
}

TxStatus preflight(const pb::WithdrawRewards& msg) {
  return msg.validator().empty() || is_address(msg.validator()) ? TxStatus::ok
                                                                : TxStatus::bad_address;
}

TxStatus check(const ReadContext& ctx, const pb::WithdrawRewards& msg) {
  if (!msg.validator().empty() &&
      !kDelegations.has(ctx, {to_address(msg.sender()), to_address(msg.validator())})) {
    return TxStatus::delegation_not_found;
  }
  return earning(ctx, msg).empty() ? TxStatus::nothing_to_withdraw : TxStatus::ok;
}

TxStatus apply(Context& ctx, const pb::WithdrawRewards& msg) {
  const Address sender = to_address(msg.sender());
  for (const Address& address : earning(ctx, msg)) {
    auto validator = kValidators.get_or_default(ctx, {address});
    auto delegation = kDelegations.get_or_default(ctx, {sender, address});
    settle(validator, delegation);
    TRY_TX(pay(ctx, sender, validator, delegation));
    if (delegation.shares() == 0) {
      kDelegations.erase(ctx, {sender, address});
    } else {
      kDelegations.put(ctx, {sender, address}, delegation);
    }
    save(ctx, address, validator);
  }
  return TxStatus::ok;
}

}  // namespace

template <>
MessageHandler handler_of<staking::pb::WithdrawRewards>() {
  return handler<staking::pb::WithdrawRewards>({.base_gas = {4'000}}, {preflight, check, apply});
}

}  // namespace cambium::chain
