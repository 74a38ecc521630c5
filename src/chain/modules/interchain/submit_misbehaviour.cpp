// SubmitMisbehaviour: two headers of one height, both signed by the operator, freeze the client.
#include "chain/message.hpp"
#include "chain/modules/interchain/headers.hpp"
#include "chain/modules/interchain/interchain.hpp"

namespace cambium::chain {
namespace {

using namespace interchain;

TxStatus preflight(const pb::SubmitMisbehaviour& msg) {
  return msg.first().header() == msg.second().header() ? TxStatus::field_out_of_range
                                                       : TxStatus::ok;
}

TxStatus check(const ReadContext& ctx, const pb::SubmitMisbehaviour& msg) {
  const auto client = kClients.get(ctx, {msg.client()});
  if (!client) return TxStatus::client_not_found;
  if (client->frozen()) return TxStatus::client_frozen;
  const auto first = checked_header(ctx, *client, msg.first());
  const auto second = checked_header(ctx, *client, msg.second());
  if (!first || !second) return TxStatus::header_invalid;
  return first->height() == second->height() ? TxStatus::ok : TxStatus::no_misbehaviour;
}

TxStatus apply(Context& ctx, const pb::SubmitMisbehaviour& msg) {
  auto client = kClients.get_or_default(ctx, {msg.client()});
  client.set_frozen(true);
  kClients.put(ctx, {client.id()}, client);
  ctx.emit("interchain.client_frozen", {{"client", client.id()}});
  return TxStatus::ok;
}

}  // namespace

template <>
MessageHandler handler_of<interchain::pb::SubmitMisbehaviour>() {
  return handler<interchain::pb::SubmitMisbehaviour>({.base_gas = {5'000}},
                                                     {preflight, check, apply});
}

}  // namespace cambium::chain
