// Deregister: a node leaves; its record goes, its history stays in the events.
#include "chain/message.hpp"
#include "chain/modules/nodes/nodes.hpp"

namespace cambium::chain {
namespace {

using namespace nodes;

TxStatus preflight(const pb::Deregister&) { return TxStatus::ok; }

TxStatus check(const ReadContext& ctx, const pb::Deregister& msg) {
  return kNodes.has(ctx, {to_address(msg.sender())}) ? TxStatus::ok
                                                     : TxStatus::node_not_registered;
}

TxStatus apply(Context& ctx, const pb::Deregister& msg) {
  const Address sender = to_address(msg.sender());
  kNodes.erase(ctx, {sender});
  ctx.emit("nodes.deregistered", {{"account", sender.text()}});
  return TxStatus::ok;
}

}  // namespace

template <>
MessageHandler handler_of<nodes::pb::Deregister>() {
  return handler<nodes::pb::Deregister>({.base_gas = {2'000}}, {preflight, check, apply});
}

}  // namespace cambium::chain
