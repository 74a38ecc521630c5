// Questions that relayers ask.
#include "chain/modules/interchain/queries.hpp"

#include <algorithm>

#include "chain/modules/interchain/interchain.hpp"

namespace cambium::chain::interchain {
namespace {

constexpr std::uint32_t kPage = 100;

Result<pb::Client> client(const ReadContext& ctx, const pb::ClientRequest& request) {
  const auto found = kClients.get(ctx, {request.client()});
  if (!found) return fail(ErrorCode::not_found, "there is no such client; ask for the list");
  return *found;
}

Result<pb::ClientList> clients(const ReadContext& ctx, const pb::ClientsRequest&) {
  pb::ClientList list;
  kClients.scan(ctx, kClients.prefix(), [&](const auto&, const pb::Client& item) {
    *list.add_items() = item;
    return ScanStep::next;
  });
  return list;
}

Result<pb::ConsensusState> consensus(const ReadContext& ctx, const pb::ConsensusRequest& request) {
  const auto found = kConsensus.get(ctx, {request.client(), request.height()});
  if (!found) return fail(ErrorCode::not_found, "the client has no header of that height");
  return *found;
}

Result<pb::PacketList> pending(const ReadContext& ctx, const pb::PendingRequest& request) {
  pb::PacketList list;
  const int most = int(request.limit() == 0 ? kPage : std::min(request.limit(), kPage));
  kSent.scan(ctx, kSent.prefix(request.client()), [&](const auto&, const pb::Packet& packet) {
    *list.add_items() = packet;
    return list.items_size() < most ? ScanStep::next : ScanStep::stop;
  });
  return list;
}

Result<pb::Acknowledgements> acknowledgements(const ReadContext& ctx,
                                              const pb::AcknowledgementsRequest& request) {
  const auto found = kAcks.get(ctx, {request.client(), request.sequence()});
  if (!found) return fail(ErrorCode::not_found, "that packet has not arrived here");
  return *found;
}

}  // namespace

std::vector<Query> queries() {
  return {
      query<pb::ClientRequest, pb::Client>(
          "client", client,
          +[](const pb::ClientRequest& request) { return kClients.key({request.client()}); }),
      query<pb::ClientsRequest, pb::ClientList>("clients", clients),
      query<pb::ConsensusRequest, pb::ConsensusState>(
          "consensus", consensus, +[](const pb::ConsensusRequest& request) {
            return kConsensus.key({request.client(), request.height()});
          }),
      query<pb::PendingRequest, pb::PacketList>("pending", pending),
      query<pb::AcknowledgementsRequest, pb::Acknowledgements>("acknowledgements",
                                                               acknowledgements),
  };
}

}  // namespace cambium::chain::interchain
