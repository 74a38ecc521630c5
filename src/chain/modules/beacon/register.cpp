// Register: a validator names the key that its shares are encrypted to.
#include "chain/message.hpp"
#include "chain/modules/beacon/beacon.hpp"
#include "chain/modules/staking/tables.hpp"

namespace cambium::chain {
namespace {

using namespace beacon;

constexpr std::uint64_t kProofGas = 20'000;

TxStatus preflight(const pb::Register& msg) {
  return msg.key().empty() || msg.key().size() > 256 || msg.proof().size() > 256
             ? TxStatus::field_out_of_range
             : TxStatus::ok;
}

bool in_use(const ReadContext& ctx, const pb::Register& msg) {
  bool found = false;
  kKeys.scan(ctx, kKeys.prefix(), [&](const auto&, const pb::Key& key) {
    found = key.key() == msg.key();
    return found ? ScanStep::stop : ScanStep::next;
  });
  return found;
}

TxStatus check(const ReadContext& ctx, const pb::Register& msg) {
  const auto* scheme = ctx.verifier().beacon();
  if (scheme == nullptr) return TxStatus::beacon_unsupported;
  const Address sender = to_address(msg.sender());
  if (!staking::kValidators.has(ctx, {sender})) return TxStatus::validator_not_found;
  if (in_use(ctx, msg)) return TxStatus::beacon_key_in_use;
  ctx.charge(kProofGas);
  const Bytes context = key_context({ctx.block().chain_id, 0, sender});
  return scheme->owns_key({as_bytes(msg.key()), as_bytes(msg.proof()), context})
             ? TxStatus::ok
             : TxStatus::beacon_bad_key;
}

TxStatus apply(Context& ctx, const pb::Register& msg) {
  const Address sender = to_address(msg.sender());
  pb::Key key;
  key.set_key(msg.key());
  kKeys.put(ctx, {sender}, key);
  ctx.emit("beacon.registered",
           {{"operator", sender.text()}, {"key", to_hex(as_bytes(msg.key()))}});
  return TxStatus::ok;
}

}  // namespace

template <>
MessageHandler handler_of<beacon::pb::Register>() {
  return handler<beacon::pb::Register>({.base_gas = {5'000}, .free_per_hour = 2},
                                       {preflight, check, apply});
}

}  // namespace cambium::chain
