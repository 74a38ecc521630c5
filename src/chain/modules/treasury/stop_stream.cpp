// StopStream: by a passed proposal; what has run is paid, the rest is free again.
#include "chain/message.hpp"
#include "chain/modules/treasury/treasury.hpp"

namespace cambium::chain {
namespace {

using namespace treasury;

TxStatus preflight(const pb::StopStream& msg) {
  return msg.stream() == 0 ? TxStatus::field_out_of_range : TxStatus::ok;
}

TxStatus check(const ReadContext& ctx, const pb::StopStream& msg) {
  if (!is_proposal(msg.sender())) return TxStatus::not_by_proposal;
  return kStreams.has(ctx, {msg.stream()}) ? TxStatus::ok : TxStatus::stream_not_found;
}

TxStatus apply(Context& ctx, const pb::StopStream& msg) {
  const auto stream = *kStreams.get(ctx, {msg.stream()});
  const std::uint64_t run = run_ucbm(stream, ctx.block().time);
  kStreams.erase(ctx, {msg.stream()});
  take_back(ctx, stream.amount_ucbm() - run);
  ctx.emit("treasury.stream_stopped", {{"stream", std::to_string(msg.stream())}});
  return pay_promised(ctx, {to_address(stream.to()), run - stream.paid_ucbm()});
}

}  // namespace

template <>
MessageHandler handler_of<treasury::pb::StopStream>() {
  return handler<treasury::pb::StopStream>({.base_gas = {2'000}}, {preflight, check, apply});
}

}  // namespace cambium::chain
