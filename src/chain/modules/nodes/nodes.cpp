#include "chain/modules/nodes/nodes.hpp"

#include <algorithm>

#include "base/amount.hpp"
#include "chain/modules/modules.hpp"
#include "chain/modules/nodes/queries.hpp"

namespace cambium::chain::nodes {
namespace {

/// A node's times run forward, its reputation is a ratio, its identity has the right size.
class NodesSound : public InvariantCheck {
 public:
  void visit(const state::Change& change) override {
    if (!change.after) return;
    const auto node = kNodes.decoded(*change.after);
    if (!is_hash(node.node_id())) evidence_ = "a node without a 32-byte identity";
    if (node.reputation_nano() > kNano) evidence_ = "a reputation above 1";
    if (node.updated_ms() < node.registered_ms()) evidence_ = "a node updated before it was there";
    if (node.last_heartbeat_ms() < node.registered_ms()) evidence_ = "a heartbeat from the past";
  }
  std::optional<std::string> finalize(const InvariantScope&) override { return evidence_; }

 private:
  std::optional<std::string> evidence_;
};

template <class List>
bool is_short_list(const List& list) {
  return std::size_t(list.size()) <= kMaxListItems &&
         std::ranges::all_of(list, [](const auto& s) { return s.size() <= kMaxTextBytes; });
}

}  // namespace

TxStatus preflight_capabilities(const pb::Capabilities& capabilities) {
  const bool fits = is_short_list(capabilities.ai_models_supported()) &&
                    is_short_list(capabilities.specializations());
  return fits ? TxStatus::ok : TxStatus::field_too_long;
}

TxStatus preflight_roles(const google::protobuf::RepeatedField<int>& roles) {
  int previous = 0;
  for (const int role : roles) {
    if (role <= previous || !pb::Role_IsValid(role)) return TxStatus::field_out_of_range;
    previous = role;
  }
  return roles.empty() ? TxStatus::field_out_of_range : TxStatus::ok;
}

std::uint64_t uptime_nano(const pb::Node& node, TimeMs now) {
  const std::int64_t elapsed = now.value - node.registered_ms();
  if (elapsed < kHeartbeatIntervalMs) return 0;
  const auto expected = static_cast<std::uint64_t>(elapsed / kHeartbeatIntervalMs);
  return std::min(mul_div(node.heartbeats(), kNano, expected).value_or(kNano), kNano);
}

Module module() {
  return {
      .name = "nodes",
      .prefix = kNodesPrefix,
      .messages =
          {
              handler_of<pb::Register>(),
              handler_of<pb::CapabilityUpdate>(),
              handler_of<pb::Heartbeat>(),
              handler_of<pb::Deregister>(),
          },
      .tables = {kNodes.info("node")},
      .queries = queries(),
      .invariants = {invariant<NodesSound>("nodes.sound", {kNodes.id()})},
  };
}

}  // namespace cambium::chain::nodes
