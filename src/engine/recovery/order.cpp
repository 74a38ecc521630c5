#include "engine/recovery/order.hpp"

#include "chain/modules/governance/governance.hpp"

namespace cambium::engine {

Result<std::optional<RollbackOrder>> order_in_force(const StoppedChain& chain, TimeMs now) {
  std::optional<RollbackOrder> found;
  const auto newest = chain.newest();
  if (!newest) return found;
  TRY(const auto view, chain.state_at(*newest));
  namespace gov = chain::governance;
  view.scan({gov::kOrders.prefix(), {}}, [&](ByteView key, ByteView value) {
    const auto order = gov::kOrders.decoded(value);
    if (!order.action().has_rollback() || order.until_ms() <= now.value) return true;
    const auto& wanted = order.action().rollback();
    found = RollbackOrder{std::get<0>(gov::kOrders.parse(key)), {wanted.height()},
                          wanted.chain_id()};
    return true;
  });
  TRY_STATUS(view.health());
  return found;
}

}  // namespace cambium::engine
