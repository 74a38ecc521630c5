#include "chain/modules/nodes/queries.hpp"

#include <algorithm>

namespace cambium::chain::nodes {
namespace {

pb::NodeReply reply_of(const ReadContext& ctx, const Address& account, const pb::Node& node) {
  pb::NodeReply reply;
  reply.set_account(to_field(account));
  *reply.mutable_node() = node;
  reply.set_uptime_nano(uptime_nano(node, ctx.block().time));
  return reply;
}

Result<pb::NodeReply> node(const ReadContext& ctx, const pb::NodeRequest& request) {
  if (!is_address(request.account())) {
    return fail(ErrorCode::invalid_input, "account must be an address such as cbm1...");
  }
  const Address account = to_address(request.account());
  const auto found = kNodes.get(ctx, {account});
  if (!found) {
    return fail(ErrorCode::not_found, "this account has no node; ask \"nodes\" for all there are");
  }
  return reply_of(ctx, account, *found);
}

Bytes node_key(const pb::NodeRequest& request) {
  return is_address(request.account()) ? kNodes.key({to_address(request.account())}) : Bytes{};
}

Result<pb::NodesReply> nodes(const ReadContext& ctx, const pb::NodesRequest& request) {
  if (!request.after().empty() && !is_address(request.after())) {
    return fail(ErrorCode::invalid_input, "after must be an address, or left out");
  }
  const Bytes below = kNodes.prefix();
  const Bytes after = request.after().empty() ? Bytes{} : kNodes.key({to_address(request.after())});
  const int limit = request.limit() == 0 ? 50 : int(std::min(request.limit(), 200u));
  pb::NodesReply reply;
  kNodes.scan(ctx, state::Range{below, after}, [&](const auto& key, const pb::Node& node) {
    const auto& roles = node.roles();
    const bool wanted = request.role() == pb::ROLE_UNSPECIFIED ||
                        std::ranges::find(roles, int(request.role())) != roles.end();
    if (!wanted) return ScanStep::next;
    if (reply.items_size() == limit) {
      reply.set_next(reply.items(limit - 1).account());
      return ScanStep::stop;
    }
    *reply.add_items() = reply_of(ctx, std::get<0>(key), node);
    return ScanStep::next;
  });
  return reply;
}

}  // namespace

std::vector<Query> queries() { return {query("node", node, node_key), query("nodes", nodes)}; }

}  // namespace cambium::chain::nodes
