// ClaimStream: pays the receiver what has run up to now; anyone may ask.
#include "chain/message.hpp"
#include "chain/modules/treasury/treasury.hpp"

namespace cambium::chain {
namespace {

using namespace treasury;

TxStatus preflight(const pb::ClaimStream& msg) {
  return msg.stream() == 0 ? TxStatus::field_out_of_range : TxStatus::ok;
}

TxStatus check(const ReadContext& ctx, const pb::ClaimStream& msg) {
  const auto stream = kStreams.get(ctx, {msg.stream()});
  if (!stream) return TxStatus::stream_not_found;
  return run_ucbm(*stream, ctx.block().time) > stream->paid_ucbm() ? TxStatus::ok
                                                                   : TxStatus::nothing_to_claim;
}

TxStatus apply(Context& ctx, const pb::ClaimStream& msg) {
  auto stream = *kStreams.get(ctx, {msg.stream()});
  const std::uint64_t owed = run_ucbm(stream, ctx.block().time) - stream.paid_ucbm();
  stream.set_paid_ucbm(stream.paid_ucbm() + owed);
  if (stream.paid_ucbm() == stream.amount_ucbm()) {
    kStreams.erase(ctx, {msg.stream()});
  } else {
    kStreams.put(ctx, {msg.stream()}, stream);
  }
  return pay_promised(ctx, {to_address(stream.to()), owed});
}

}  // namespace

template <>
MessageHandler handler_of<treasury::pb::ClaimStream>() {
  return handler<treasury::pb::ClaimStream>({.base_gas = {2'000}}, {preflight, check, apply});
}

}  // namespace cambium::chain
