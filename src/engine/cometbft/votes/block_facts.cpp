#include "engine/cometbft/votes/block_facts.hpp"

#include "chain/modules/beacon/beacon.hpp"
#include "engine/cometbft/votes/carried.hpp"

namespace cambium::engine {

bool carries_votes(const chain::Registry& registry, const chain::v1::Genesis& genesis,
                   Height height) {
  return registry.module("beacon") != nullptr && height.value > genesis.initial_height();
}

void read_carried(const StateReader& below, const DecidedBlock& block, chain::BlockInfo& info) {
  const auto carried =
      block.txs.empty() ? std::nullopt : decode_carried(block.txs.front());
  if (carried) info.commit.inclusion = left_out_of(*carried, block.facts.votes);
  const Height round{block.height.value - 1};
  chain::GasMeter unmetered({UINT64_MAX});
  const chain::ReadContext ctx(below.view, {info, below.verifier, &below.registry}, unmetered);
  if (!chain::beacon::group_of_round(ctx, round)) return;
  info.beacon_kind = chain::v1::BEACON_KIND_THRESHOLD;
  info.beacon_round = round;
  const bool there = carried && !carried->group_signature().empty();
  info.beacon = there ? chain::beacon::round_value(as_bytes(carried->group_signature())) : Bytes{};
}

chain::v1::TxResult carried_result(const chain::BlockInfo& info) {
  chain::v1::TxResult result;
  if (info.beacon_kind != chain::v1::BEACON_KIND_THRESHOLD || info.beacon.empty()) return result;
  auto* event = result.add_events();
  event->set_type("beacon.round");
  auto* height = event->add_attributes();
  height->set_key("height");
  height->set_value(std::to_string(info.beacon_round.value));
  auto* value = event->add_attributes();
  value->set_key("value");
  value->set_value(to_hex(info.beacon));
  return result;
}

}  // namespace cambium::engine
