// CapabilityUpdate: a node declares what it has now.
#include "chain/message.hpp"
#include "chain/modules/nodes/nodes.hpp"

namespace cambium::chain {
namespace {

using namespace nodes;

TxStatus preflight(const pb::CapabilityUpdate& msg) {
  TRY_TX(preflight_roles(msg.roles()));
  return preflight_capabilities(msg.capabilities());
}

TxStatus check(const ReadContext& ctx, const pb::CapabilityUpdate& msg) {
  return kNodes.has(ctx, {to_address(msg.sender())}) ? TxStatus::ok
                                                     : TxStatus::node_not_registered;
}

TxStatus apply(Context& ctx, const pb::CapabilityUpdate& msg) {
  const Address sender = to_address(msg.sender());
  auto node = kNodes.get_or_default(ctx, {sender});
  *node.mutable_capabilities() = msg.capabilities();
  *node.mutable_roles() = msg.roles();
  node.set_updated_ms(ctx.block().time.value);
  kNodes.put(ctx, {sender}, node);
  ctx.emit("nodes.capabilities_updated", {{"account", sender.text()}});
  return TxStatus::ok;
}

}  // namespace

template <>
MessageHandler handler_of<nodes::pb::CapabilityUpdate>() {
  return handler<nodes::pb::CapabilityUpdate>({.base_gas = {5'000}}, {preflight, check, apply});
}

}  // namespace cambium::chain
