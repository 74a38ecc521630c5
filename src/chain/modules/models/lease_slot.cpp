// LeaseSlot: the chain names the expert that a trainer is going to make.
#include <optional>

#include "chain/message.hpp"
#include "chain/modules/models/expert_name.hpp"
#include "chain/modules/models/models.hpp"

namespace cambium::chain {
namespace {

using namespace models;

bool live(const ReadContext& ctx, const pb::SlotLease& lease) {
  return lease.expires_height() >= ctx.block().height.value;
}

std::optional<std::string> free_slot(const ReadContext& ctx, const pb::LeaseSlot& msg,
                                     const pb::MetaRules& rules) {
  for (std::uint32_t e = rules.architecture().experts(); e < rules.router().max_experts(); ++e) {
    const auto name = ExpertName{msg.layer(), e}.text();
    if (kIndex.has(ctx, {msg.model(), sort_key(name)})) continue;
    const auto lease = kLeases.get(ctx, {msg.model(), sort_key(name)});
    if (!lease || !live(ctx, *lease)) return name;
  }
  return std::nullopt;
}

std::uint32_t live_leases_of(const ReadContext& ctx, const pb::LeaseSlot& msg) {
  std::uint32_t count = 0;
  kLeases.scan(ctx, kLeases.prefix(msg.model()), [&](const auto&, const pb::SlotLease& lease) {
    if (lease.account() == msg.sender() && live(ctx, lease)) ++count;
    return ScanStep::next;
  });
  return count;
}

TxStatus preflight(const pb::LeaseSlot& msg) {
  return well_named(msg.model()) ? TxStatus::ok : TxStatus::field_out_of_range;
}

TxStatus check(const ReadContext& ctx, const pb::LeaseSlot& msg) {
  const auto model = kModels.get(ctx, {msg.model()});
  if (!model) return TxStatus::model_not_found;
  const auto rules = current_rules(ctx, *model);
  if (msg.layer() >= rules.architecture().layers()) return TxStatus::outside_architecture;
  const auto params = kModelParams.get_or_default(ctx, {});
  if (live_leases_of(ctx, msg) >= params.max_leases_per_account()) {
    return TxStatus::too_many_leases;
  }
  return free_slot(ctx, msg, rules) ? TxStatus::ok : TxStatus::no_free_slot;
}

TxStatus apply(Context& ctx, const pb::LeaseSlot& msg) {
  const auto model = kModels.get_or_default(ctx, {msg.model()});
  const auto name = free_slot(ctx, msg, current_rules(ctx, model));
  if (!name) return TxStatus::no_free_slot;
  pb::SlotLease lease;
  lease.set_model(msg.model());
  lease.set_name(*name);
  lease.set_account(msg.sender());
  lease.set_granted_height(ctx.block().height.value);
  lease.set_expires_height(ctx.block().height.value +
                           kModelParams.get_or_default(ctx, {}).lease_blocks());
  kLeases.put(ctx, {msg.model(), sort_key(*name)}, lease);
  ctx.emit("models.slot_leased", {{"model", msg.model()},
                                  {"name", *name},
                                  {"account", to_address(msg.sender()).text()},
                                  {"expires_height", std::to_string(lease.expires_height())}});
  return TxStatus::ok;
}

}  // namespace

template <>
MessageHandler handler_of<models::pb::LeaseSlot>() {
  return handler<models::pb::LeaseSlot>({.base_gas = {2'000}, .free_per_hour = 20},
                                        {preflight, check, apply});
}

}  // namespace cambium::chain
