// Timeout: proof that a packet of ours was not received in time.
#include "chain/message.hpp"
#include "chain/modules/interchain/interchain.hpp"
#include "chain/modules/interchain/ports.hpp"

namespace cambium::chain {
namespace {

using namespace interchain;

TxStatus preflight(const pb::Timeout& msg) {
  if (!check_packet(msg.packet())) return TxStatus::bad_packet;
  return msg.proof().empty() || msg.proof().size() > 64 * 1024 ? TxStatus::field_too_long
                                                               : TxStatus::ok;
}

/// Header H carries the state after block H-1. At a time past the timeout no later block may
/// receive the packet, so absence of its receipt there means that it never arrives.
TxStatus check(const ReadContext& ctx, const pb::Timeout& msg) {
  const auto& packet = msg.packet();
  const auto known = trusted(ctx, packet.source_client(), msg.proof_height());
  if (!known) return known.error();
  if (known->client.counterparty() != packet.destination_client()) {
    return TxStatus::wrong_counterparty;
  }
  const auto stored = ctx.get(path_key(Path::commitment,
                                       {packet.source_client(), packet.sequence()}));
  if (!stored || !equal(*stored, packet_commitment(packet))) return TxStatus::packet_not_sent;
  if (std::uint64_t(known->state.time_ms() / 1000) < packet.timeout_timestamp_s()) {
    return TxStatus::packet_not_timed_out;
  }
  const PacketRef there{packet.destination_client(), packet.sequence()};
  return check_proof(ctx, *known, {msg.proof(), path_key(Path::receipt, there), std::nullopt});
}

TxStatus apply(Context& ctx, const pb::Timeout& msg) {
  const auto& packet = msg.packet();
  ctx.erase(path_key(Path::commitment, {packet.source_client(), packet.sequence()}));
  kSent.erase(ctx, {packet.source_client(), packet.sequence()});
  const auto& payload = packet.payloads(0);
  if (const auto* port = find_port(payload.source_port()); port && port->timed_out) {
    port->timed_out(ctx, {packet.source_client(), as_bytes(payload.value())});
  }
  ctx.emit("interchain.packet_timed_out", {{"client", packet.source_client()},
                                           {"sequence", std::to_string(packet.sequence())}});
  return TxStatus::ok;
}

}  // namespace

template <>
MessageHandler handler_of<interchain::pb::Timeout>() {
  return handler<interchain::pb::Timeout>({.base_gas = {5'000}}, {preflight, check, apply});
}

}  // namespace cambium::chain
