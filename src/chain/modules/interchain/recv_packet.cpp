// RecvPacket: a packet that the other chain committed, proven, delivered exactly once.
#include "chain/message.hpp"
#include "chain/modules/interchain/interchain.hpp"
#include "chain/modules/interchain/ports.hpp"

namespace cambium::chain {
namespace {

using namespace interchain;

TxStatus preflight(const pb::RecvPacket& msg) {
  if (!check_packet(msg.packet())) return TxStatus::bad_packet;
  return msg.proof().empty() || msg.proof().size() > 64 * 1024 ? TxStatus::field_too_long
                                                               : TxStatus::ok;
}

TxStatus check(const ReadContext& ctx, const pb::RecvPacket& msg) {
  const auto& packet = msg.packet();
  const auto known = trusted(ctx, packet.destination_client(), msg.proof_height());
  if (!known) return known.error();
  if (known->client.counterparty() != packet.source_client()) return TxStatus::wrong_counterparty;
  const PacketRef here{packet.destination_client(), packet.sequence()};
  if (ctx.has(path_key(Path::receipt, here))) return TxStatus::packet_received;
  if (std::uint64_t(ctx.block().time.value / 1000) >= packet.timeout_timestamp_s()) {
    return TxStatus::packet_timed_out;
  }
  const PacketRef there{packet.source_client(), packet.sequence()};
  return check_proof(ctx, *known,
                     {msg.proof(), path_key(Path::commitment, there),
                      to_bytes(packet_commitment(packet).view())});
}

/// Every payload's port, or nothing: IBC v2 acknowledges an error for the whole packet.
TxStatus deliver(Context& ctx, const pb::Packet& packet) {
  if (packet.payloads_size() != 1) return TxStatus::bad_packet;
  const auto& payload = packet.payloads(0);
  const auto* port = find_port(payload.destination_port());
  if (port == nullptr) return TxStatus::unknown_port;
  return port->receive(ctx, {packet.destination_client(), as_bytes(payload.value())});
}

TxStatus apply(Context& ctx, const pb::RecvPacket& msg) {
  const auto& packet = msg.packet();
  const PacketRef here{packet.destination_client(), packet.sequence()};
  ctx.put(path_key(Path::receipt, here), ByteView(&kReceiptValue, 1));
  const auto outcome = deliver(ctx, packet);
  pb::Acknowledgements acks;
  acks.add_items(outcome == TxStatus::ok ? std::string("\x01", 1) : error_acknowledgement());
  const std::vector<std::string> items(acks.items().begin(), acks.items().end());
  ctx.put(path_key(Path::acknowledgement, here), ack_commitment(items));
  kAcks.put(ctx, {here.client, here.sequence}, acks);
  ctx.emit("interchain.packet_received", {{"client", here.client},
                                          {"sequence", std::to_string(here.sequence)},
                                          {"port", packet.payloads(0).destination_port()},
                                          {"outcome", std::string(name(outcome))}});
  return TxStatus::ok;
}

}  // namespace

template <>
MessageHandler handler_of<interchain::pb::RecvPacket>() {
  return handler<interchain::pb::RecvPacket>({.base_gas = {5'000}, .free_per_hour = 2'000},
                                             {preflight, check, apply});
}

}  // namespace cambium::chain
