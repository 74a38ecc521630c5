#include "chain/dispatch.hpp"

#include "base/check.hpp"
#include "cambium/tx/v1/tx.pb.h"
#include "chain/convert.hpp"
#include "chain/detail/decode_msg.hpp"
#include "chain/detail/invariants.hpp"
#include "chain/pipeline.hpp"
#include "chain/records.hpp"
#include "schema/canonical.hpp"

namespace cambium::chain {
namespace {

using cambium::tx::v1::Msg;

const Registry& registry_of(const ReadContext& ctx) {
  CHECK(ctx.environment().registry != nullptr, "the kernel did not name the chain's registry");
  return *ctx.environment().registry;
}

struct Found {
  const MessageHandler* handler;
  const ProtoMessage* message;  // inside the Msg
};

/// The handler, once everything that needs no state has been checked.
TxOutcome<Found> find(const ReadContext& ctx, const Dispatch& dispatch, Msg& msg) {
  if (!schema::decode(dispatch.msg, msg)) return tl::unexpected(TxStatus::undecodable);
  const ProtoMessage* message = detail::innermost(msg);
  const MessageHandler* handler =
      message ? registry_of(ctx).handler(*message->GetDescriptor()) : nullptr;
  if (handler == nullptr) return tl::unexpected(TxStatus::unknown_message);
  if (sender_field(*message) != to_field(dispatch.actor)) {
    return tl::unexpected(TxStatus::bad_address);
  }
  const TxStatus status = handler->preflight(*message);
  if (status != TxStatus::ok) return tl::unexpected(status);
  return Found{handler, message};
}

constexpr std::uint32_t kMaxDepth = 4;  // a proposal that runs a group that runs a proposal...

TxStatus run(Context& inner, const Found& found) {
  const auto version = kParams.get_or_default(inner, {}).rules_version();
  if (found.handler->meta.since > version) return TxStatus::not_active_yet;
  if (broken(inner, short_name(*found.handler->descriptor))) return TxStatus::circuit_broken;
  inner.charge(found.handler->meta.base_gas.value);
  TRY_TX(found.handler->check(inner, *found.message));
  TRY_TX(found.handler->apply(inner, *found.message));
  return inner.out_of_gas() ? TxStatus::out_of_gas : TxStatus::ok;
}

}  // namespace

TxStatus preflight_dispatch(const ReadContext& ctx, const Dispatch& dispatch) {
  Msg msg;
  const auto found = find(ctx, dispatch, msg);
  return found ? TxStatus::ok : found.error();
}

TxStatus run_dispatch(Context& ctx, const Dispatch& dispatch, Gas limit) {
  Msg msg;
  const auto found = find(ctx, dispatch, msg);
  if (!found) return found.error();
  const auto before = ctx.overlay().mark();
  GasMeter gas(limit);
  Environment deeper = ctx.environment();
  if (++deeper.depth > kMaxDepth) return TxStatus::dispatch_too_deep;
  Context inner(ctx.overlay(), deeper, gas);
  inner.set_privileges(found->handler->meta.privileges);
  TxStatus status = run(inner, *found);
  ctx.charge(gas.used().value);
  if (status == TxStatus::ok) {
    const auto evidence = detail::violations(registry_of(ctx), ctx.overlay().diff_since(before),
                                             {inner.allowed(), ctx.overlay()});
    if (!evidence.empty()) status = TxStatus::invariant_violated;
  }
  if (status != TxStatus::ok) {
    ctx.overlay().rollback(before);
    return status;
  }
  ctx.widen(inner.allowed());
  for (auto& event : inner.events()) ctx.events().push_back(std::move(event));
  return TxStatus::ok;
}

}  // namespace cambium::chain
