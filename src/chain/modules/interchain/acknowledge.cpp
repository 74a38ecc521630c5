// Acknowledge: what the other chain answered to a packet of ours, proven.
#include "chain/message.hpp"
#include "chain/modules/interchain/interchain.hpp"
#include "chain/modules/interchain/ports.hpp"

namespace cambium::chain {
namespace {

using namespace interchain;

TxStatus preflight(const pb::Acknowledge& msg) {
  if (!check_packet(msg.packet())) return TxStatus::bad_packet;
  const bool sized = msg.acknowledgements_size() == msg.packet().payloads_size() &&
                     !msg.proof().empty() && msg.proof().size() <= 64 * 1024;
  return sized ? TxStatus::ok : TxStatus::field_out_of_range;
}

TxStatus check(const ReadContext& ctx, const pb::Acknowledge& msg) {
  const auto& packet = msg.packet();
  const auto known = trusted(ctx, packet.source_client(), msg.proof_height());
  if (!known) return known.error();
  if (known->client.counterparty() != packet.destination_client()) {
    return TxStatus::wrong_counterparty;
  }
  const auto stored = ctx.get(path_key(Path::commitment,
                                       {packet.source_client(), packet.sequence()}));
  if (!stored || !equal(*stored, packet_commitment(packet))) return TxStatus::packet_not_sent;
  const std::vector<std::string> items(msg.acknowledgements().begin(),
                                       msg.acknowledgements().end());
  const PacketRef there{packet.destination_client(), packet.sequence()};
  return check_proof(ctx, *known,
                     {msg.proof(), path_key(Path::acknowledgement, there),
                      to_bytes(ack_commitment(items).view())});
}

TxStatus apply(Context& ctx, const pb::Acknowledge& msg) {
  const auto& packet = msg.packet();
  ctx.erase(path_key(Path::commitment, {packet.source_client(), packet.sequence()}));
  kSent.erase(ctx, {packet.source_client(), packet.sequence()});
  const auto& payload = packet.payloads(0);
  const auto result = msg.acknowledgements(0) == error_acknowledgement() ? AckResult::refused
                                                                          : AckResult::accepted;
  if (const auto* port = find_port(payload.source_port()); port && port->acknowledged) {
    port->acknowledged(ctx, {packet.source_client(), as_bytes(payload.value())}, result);
  }
  ctx.emit("interchain.packet_acknowledged",
           {{"client", packet.source_client()},
            {"sequence", std::to_string(packet.sequence())},
            {"result", result == AckResult::accepted ? "accepted" : "refused"}});
  return TxStatus::ok;
}

}  // namespace

template <>
MessageHandler handler_of<interchain::pb::Acknowledge>() {
  return handler<interchain::pb::Acknowledge>({.base_gas = {5'000}, .free_per_hour = 2'000},
                                              {preflight, check, apply});
}

}  // namespace cambium::chain
