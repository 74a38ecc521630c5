// SetGuardians: who may give the account a new key when its own is lost.
#include <algorithm>

#include "chain/message.hpp"
#include "chain/modules/accounts/accounts.hpp"

namespace cambium::chain {
namespace {

using namespace accounts;

constexpr std::int64_t kLongestDelayMs = 30 * 24 * 3'600'000ll;

TxStatus preflight(const pb::SetGuardians& msg) {
  const auto& all = msg.guardians();
  if (all.size() > static_cast<int>(kMaxGuardians)) return TxStatus::field_too_long;
  if (!std::all_of(all.begin(), all.end(), is_address)) return TxStatus::bad_address;
  if (std::find(all.begin(), all.end(), msg.sender()) != all.end()) return TxStatus::self_transfer;
  const bool ascending =
      std::adjacent_find(all.begin(), all.end(), std::greater_equal<>()) == all.end();
  const bool enough = all.empty() ? msg.threshold() == 0
                                  : msg.threshold() >= 1 &&
                                        msg.threshold() <= static_cast<std::uint32_t>(all.size());
  const bool timed = msg.delay_ms() >= 0 && msg.delay_ms() <= kLongestDelayMs;
  return ascending && enough && timed ? TxStatus::ok : TxStatus::field_out_of_range;
}

TxStatus check(const ReadContext&, const pb::SetGuardians&) { return TxStatus::ok; }

TxStatus apply(Context& ctx, const pb::SetGuardians& msg) {
  const Address sender = to_address(msg.sender());
  pb::GuardianSet set;
  *set.mutable_guardians() = msg.guardians();
  set.set_threshold(msg.threshold());
  set.set_delay_ms(msg.delay_ms() == 0 ? kRecoveryDelayMs : msg.delay_ms());
  pb::Guardianship record;
  std::int64_t from = ctx.block().time.value;
  if (const auto present = guardians_of(ctx, sender)) {
    *record.mutable_now() = *present;
    *record.mutable_next() = set;
    from += present->delay_ms();
    record.set_next_from_ms(from);
  } else {
    *record.mutable_now() = set;
  }
  kGuardianships.put(ctx, {sender}, record);
  ctx.emit("accounts.guardians_set", {{"account", sender.text()},
                                      {"guardians", std::to_string(msg.guardians_size())},
                                      {"from_ms", std::to_string(from)}});
  return TxStatus::ok;
}

}  // namespace

namespace accounts {

std::optional<pb::GuardianSet> guardians_of(const ReadContext& ctx, const Address& account) {
  const auto record = kGuardianships.get(ctx, {account});
  if (!record) return std::nullopt;
  const bool changed =
      record->next_from_ms() != 0 && ctx.block().time.value >= record->next_from_ms();
  const auto& set = changed ? record->next() : record->now();
  return set.guardians().empty() ? std::nullopt : std::optional(set);
}

}  // namespace accounts

template <>
MessageHandler handler_of<accounts::pb::SetGuardians>() {
  return handler<accounts::pb::SetGuardians>({.base_gas = {3'000}}, {preflight, check, apply});
}

}  // namespace cambium::chain
