// Sending packets, and what a light client lets us believe.
#include "chain/modules/interchain/interchain.hpp"
#include "state/proof.hpp"

namespace cambium::chain::interchain {

TxStatus send(Context& ctx, const Outgoing& outgoing) {
  auto client = kClients.get(ctx, {outgoing.client});
  if (!client) return TxStatus::client_not_found;
  if (client->frozen()) return TxStatus::client_frozen;
  const auto params = kPacketParams.get_or_default(ctx, {});
  if (outgoing.value.size() > params.max_payload_bytes()) return TxStatus::bad_packet;

  pb::Packet packet;
  packet.set_sequence(client->next_sequence());
  packet.set_source_client(client->id());
  packet.set_destination_client(client->counterparty());
  packet.set_timeout_timestamp_s(std::uint64_t(ctx.block().time.value / 1000) +
                                 params.packet_timeout_s());
  auto* payload = packet.add_payloads();
  payload->set_source_port(outgoing.port);
  payload->set_destination_port(outgoing.port);
  payload->set_version("1");
  payload->set_encoding(outgoing.encoding.empty() ? "application/x-protobuf" : outgoing.encoding);
  payload->set_value(to_string(ByteView(outgoing.value)));

  ctx.put(path_key(Path::commitment, {client->id(), packet.sequence()}),
          packet_commitment(packet));
  kSent.put(ctx, {client->id(), packet.sequence()}, packet);
  client->set_next_sequence(client->next_sequence() + 1);
  kClients.put(ctx, {client->id()}, *client);
  ctx.emit("interchain.packet_sent", {{"client", client->id()},
                                      {"sequence", std::to_string(packet.sequence())},
                                      {"port", outgoing.port}});
  return TxStatus::ok;
}

tl::expected<Trusted, TxStatus> trusted(const ReadContext& ctx, const std::string& client,
                                        std::uint64_t height) {
  const auto record = kClients.get(ctx, {client});
  if (!record) return tl::unexpected(TxStatus::client_not_found);
  if (record->frozen()) return tl::unexpected(TxStatus::client_frozen);
  const auto state = kConsensus.get(ctx, {client, height});
  if (!state) return tl::unexpected(TxStatus::consensus_unknown);
  return Trusted{*record, *state};
}

TxStatus check_proof(const ReadContext& ctx, const Trusted& trusted, const ProofClaim& claim) {
  constexpr std::uint64_t kGasPerProofByte = 5;
  ctx.charge(kGasPerProofByte * claim.proof.size());
  state::Claim wanted{.key = claim.key, .value = std::nullopt};
  if (claim.value) wanted.value = ByteView(*claim.value);
  const auto root = to_id(trusted.state.state_root());
  return state::verify(as_bytes(claim.proof), root, wanted) ? TxStatus::ok : TxStatus::bad_proof;
}

}  // namespace cambium::chain::interchain
