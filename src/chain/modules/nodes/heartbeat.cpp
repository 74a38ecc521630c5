// Heartbeat: a node is still there. Free within the hourly quota.
#include "chain/message.hpp"
#include "chain/modules/nodes/nodes.hpp"

namespace cambium::chain {
namespace {

using namespace nodes;

TxStatus preflight(const pb::Heartbeat&) { return TxStatus::ok; }

TxStatus check(const ReadContext& ctx, const pb::Heartbeat& msg) {
  const auto node = kNodes.get(ctx, {to_address(msg.sender())});
  if (!node) return TxStatus::node_not_registered;
  const std::int64_t since = ctx.block().time.value - node->last_heartbeat_ms();
  return since < kHeartbeatIntervalMs ? TxStatus::heartbeat_too_soon : TxStatus::ok;
}

TxStatus apply(Context& ctx, const pb::Heartbeat& msg) {
  const Address sender = to_address(msg.sender());
  auto node = kNodes.get_or_default(ctx, {sender});
  node.set_last_heartbeat_ms(ctx.block().time.value);
  node.set_heartbeats(node.heartbeats() + 1);
  kNodes.put(ctx, {sender}, node);
  return TxStatus::ok;
}

}  // namespace

template <>
MessageHandler handler_of<nodes::pb::Heartbeat>() {
  return handler<nodes::pb::Heartbeat>({.base_gas = {1'000}, .free_per_hour = 60},
                                       {preflight, check, apply});
}

}  // namespace cambium::chain
