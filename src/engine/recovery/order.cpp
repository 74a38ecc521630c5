#include "engine/recovery/order.hpp"

#include <fmt/format.h>

#include "chain/modules/governance/governance.hpp"

namespace cambium::engine {
namespace {

namespace gov = chain::governance;
using cambium::governance::v1::Action;
using cambium::governance::v1::Order;

void note(Orders& out, std::uint64_t act, const Order& order) {
  const auto& action = order.action();
  const Height certified{order.certified_height()};
  switch (action.kind_case()) {
    case Action::kRollback:
      out.way_back = WayBack{act, WayBack::Kind::rollback, {action.rollback().height()},
                             action.rollback().chain_id(), certified};
      break;
    case Action::kConsensusReset:
      out.way_back = WayBack{act, WayBack::Kind::consensus_reset,
                             {action.consensus_reset().height()}, {}, certified};
      break;
    case Action::kCheckpoint:
      if (const auto hash = Hash::from(as_bytes(action.checkpoint().block_hash()))) {
        out.checkpoints.push_back({act, {action.checkpoint().height()}, *hash});
      }
      break;
    default: break;
  }
}

/// A state that goes on may still hold the order by which it does.
bool of_earlier_life(const WayBack& order, const chain::v1::Genesis& genesis) {
  return genesis.has_origin() && genesis.origin().chain_id() != genesis.chain_id() &&
         order.certified.value < genesis.initial_height();
}

}  // namespace

Result<Orders> orders_in_force(const state::HeightView& view, TimeMs now) {
  Orders out;
  view.scan({gov::kOrders.prefix(), {}}, [&](ByteView key, ByteView value) {
    const auto order = gov::kOrders.decoded(value);
    if (order.until_ms() > now.value) note(out, std::get<0>(gov::kOrders.parse(key)), order);
    return true;
  });
  TRY_STATUS(view.health());
  return out;
}

Result<Orders> orders_in_force(const StoppedChain& chain, TimeMs now) {
  const auto newest = chain.newest();
  if (!newest) return Orders{};
  TRY(const auto view, chain.state_at(*newest));
  TRY(auto out, orders_in_force(view, now));
  if (out.way_back && of_earlier_life(*out.way_back, chain.genesis())) out.way_back.reset();
  return out;
}

Status agrees(const std::vector<Checkpoint>& checkpoints, const KnownBlock& block) {
  for (const auto& point : checkpoints) {
    if (point.height != block.height || point.block_hash == block.hash) continue;
    return fail(ErrorCode::refused,
                fmt::format("The validators have certified that block {} is {} (act {}), and here "
                            "it is {}: this is not their chain from that block on.",
                            point.height.value, point.block_hash.hex(), point.act,
                            block.hash.hex()));
  }
  return {};
}

}  // namespace cambium::engine
