// Register: an account announces its node.
#include <algorithm>

#include "chain/message.hpp"
#include "chain/modules/nodes/nodes.hpp"

namespace cambium::chain {
namespace {

using namespace nodes;

TxStatus preflight(const pb::Register& msg) {
  if (!is_hash(msg.node_id())) return TxStatus::bad_hash;
  if (msg.geographic_location().size() > kMaxTextBytes) return TxStatus::field_too_long;
  if (std::size_t(msg.supported_chains_size()) > kMaxListItems) return TxStatus::field_too_long;
  const auto is_long = [](const auto& chain) { return chain.size() > kMaxTextBytes; };
  if (std::ranges::any_of(msg.supported_chains(), is_long)) return TxStatus::field_too_long;
  TRY_TX(preflight_roles(msg.roles()));
  return preflight_capabilities(msg.capabilities());
}

TxStatus check(const ReadContext& ctx, const pb::Register& msg) {
  return kNodes.has(ctx, {to_address(msg.sender())}) ? TxStatus::node_already_registered
                                                     : TxStatus::ok;
}

TxStatus apply(Context& ctx, const pb::Register& msg) {
  const std::int64_t now = ctx.block().time.value;
  pb::Node node;
  node.set_node_id(msg.node_id());
  *node.mutable_capabilities() = msg.capabilities();
  node.set_geographic_location(msg.geographic_location());
  *node.mutable_roles() = msg.roles();
  *node.mutable_supported_chains() = msg.supported_chains();
  node.set_registered_ms(now);
  node.set_updated_ms(now);
  node.set_last_heartbeat_ms(now);
  const Address sender = to_address(msg.sender());
  kNodes.put(ctx, {sender}, node);
  ctx.emit("nodes.registered",
           {{"account", sender.text()}, {"node_id", to_hex(as_bytes(msg.node_id()))}});
  return TxStatus::ok;
}

}  // namespace

template <>
MessageHandler handler_of<nodes::pb::Register>() {
  return handler<nodes::pb::Register>({.base_gas = {10'000}}, {preflight, check, apply});
}

}  // namespace cambium::chain
