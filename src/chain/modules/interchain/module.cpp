#include "chain/module.hpp"

#include "chain/modules/interchain/interchain.hpp"
#include "chain/modules/interchain/queries.hpp"
#include "chain/modules/modules.hpp"
#include "chain/message.hpp"

namespace cambium::chain::interchain {
namespace {

std::optional<std::string> why_not(const pb::Params&, const pb::Params& p) {
  if (p.packet_timeout_s() < 60 || p.packet_timeout_s() > 30 * 86'400) {
    return "packet_timeout_s must be one minute to 30 days";
  }
  if (p.max_payload_bytes() < 1'024 || p.max_payload_bytes() > 1u << 20) {
    return "max_payload_bytes must be 1 KiB to 1 MiB";
  }
  return std::nullopt;
}

Status init(Context& ctx, const pb::Genesis& genesis) {
  auto params = genesis.params();
  if (params.packet_timeout_s() == 0) params.set_packet_timeout_s(24 * 3600);
  if (params.max_payload_bytes() == 0) params.set_max_payload_bytes(32 * 1024);
  kPacketParams.put(ctx, {}, params);
  for (auto client : genesis.clients()) {
    if (client.id().empty() || client.id().size() > 64 || client.counterparty().empty() ||
        client.chain_id().empty() || client.operator_key().empty()) {
      return fail(ErrorCode::invalid_input,
                  "interchain: a client needs id, counterparty, chain_id and operator key");
    }
    client.set_latest_height(0);
    client.set_next_sequence(1);
    kClients.put(ctx, {client.id()}, client);
  }
  return {};
}

}  // namespace

Module module() {
  return {
      .name = "interchain",
      .prefix = kInterchainPrefix,
      .messages =
          {
              handler_of<pb::UpdateClient>(),
              handler_of<pb::RecvPacket>(),
              handler_of<pb::Acknowledge>(),
              handler_of<pb::Timeout>(),
              handler_of<pb::SubmitMisbehaviour>(),
          },
      .tables = {kPacketParams.info("params"), kClients.info("client"),
                 kConsensus.info("consensus"), kSent.info("sent"), kAcks.info("acknowledgements"),
                 TableInfo{kPaths, "path", nullptr, {}}},
      .queries = queries(),
      .genesis = genesis<pb::Genesis>(init),
      .params = governed<pb::Params>(kPacketParams, why_not),
  };
}

}  // namespace cambium::chain::interchain
