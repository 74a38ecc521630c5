// UpdateClient: a newer header of the other chain, signed by its operator.
#include "chain/block.hpp"
#include "chain/message.hpp"
#include "chain/modules/interchain/headers.hpp"
#include "chain/modules/interchain/interchain.hpp"

namespace cambium::chain {
namespace {

using namespace interchain;

/// Proofs older than this many headers are no longer accepted; it bounds the state.
constexpr std::uint64_t kKeptHeights = 20'000;

TxStatus preflight(const pb::UpdateClient& msg) {
  const bool sound = !msg.client().empty() && msg.client().size() <= 64 &&
                     !msg.header().header().empty() && !msg.header().signature().empty();
  return sound ? TxStatus::ok : TxStatus::field_out_of_range;
}

TxStatus check(const ReadContext& ctx, const pb::UpdateClient& msg) {
  const auto client = kClients.get(ctx, {msg.client()});
  if (!client) return TxStatus::client_not_found;
  if (client->frozen()) return TxStatus::client_frozen;
  const auto header = checked_header(ctx, *client, msg.header());
  if (!header) return header.error();
  if (header->height() <= client->latest_height()) return TxStatus::header_not_newer;
  const auto latest = kConsensus.get(ctx, {client->id(), client->latest_height()});
  return latest && header->time_ms() <= latest->time_ms() ? TxStatus::header_invalid
                                                          : TxStatus::ok;
}

void forget_oldest(Context& ctx, const std::string& client, std::uint64_t newest) {
  std::optional<std::uint64_t> oldest;
  kConsensus.scan(ctx, kConsensus.prefix(client), [&](const auto& key, const auto&) {
    oldest = std::get<1>(key);
    return ScanStep::stop;
  });
  if (oldest && *oldest + kKeptHeights < newest) kConsensus.erase(ctx, {client, *oldest});
}

TxStatus apply(Context& ctx, const pb::UpdateClient& msg) {
  auto client = kClients.get_or_default(ctx, {msg.client()});
  const auto header = checked_header(ctx, client, msg.header());
  if (!header) return header.error();
  pb::ConsensusState state;
  state.set_state_root(header->state_root());
  state.set_time_ms(header->time_ms());
  state.set_header_hash(to_field(header_hash(as_bytes(msg.header().header()))));
  kConsensus.put(ctx, {client.id(), header->height()}, state);
  client.set_latest_height(header->height());
  kClients.put(ctx, {client.id()}, client);
  forget_oldest(ctx, client.id(), header->height());
  ctx.emit("interchain.client_updated",
           {{"client", client.id()}, {"height", std::to_string(header->height())}});
  return TxStatus::ok;
}

}  // namespace

template <>
MessageHandler handler_of<interchain::pb::UpdateClient>() {
  return handler<interchain::pb::UpdateClient>({.base_gas = {5'000}, .free_per_hour = 2'000},
                                               {preflight, check, apply});
}

}  // namespace cambium::chain
