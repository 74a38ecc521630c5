// OpenStream: promises a sum that runs by the second; nobody has to pay it out in time.
#include "chain/message.hpp"
#include "chain/modules/treasury/treasury.hpp"

namespace cambium::chain {
namespace {

using namespace treasury;

constexpr std::int64_t kLongestMs = 10LL * 365 * kDayMs;

TxStatus preflight(const pb::OpenStream& msg) {
  if (!is_address(msg.to())) return TxStatus::bad_address;
  if (msg.to() == to_field(treasury_account())) return TxStatus::self_transfer;
  if (msg.amount_ucbm() == 0) return TxStatus::bad_amount;
  if (msg.purpose().size() > kMaxTextBytes) return TxStatus::field_too_long;
  const bool forward = msg.start_ms() >= 0 && msg.end_ms() > msg.start_ms() &&
                       msg.end_ms() - msg.start_ms() <= kLongestMs;
  return forward ? TxStatus::ok : TxStatus::field_out_of_range;
}

TxStatus check(const ReadContext& ctx, const pb::OpenStream& msg) {
  if (!is_proposal(msg.sender())) return TxStatus::not_by_proposal;
  return free_ucbm(ctx) < msg.amount_ucbm() ? TxStatus::treasury_short : TxStatus::ok;
}

TxStatus apply(Context& ctx, const pb::OpenStream& msg) {
  TRY_TX(promise(ctx, msg.amount_ucbm()));
  auto book = kBook.get_or_default(ctx, {});
  book.set_last_stream(book.last_stream() + 1);
  kBook.put(ctx, {}, book);
  pb::Stream stream;
  stream.set_to(msg.to());
  stream.set_amount_ucbm(msg.amount_ucbm());
  stream.set_start_ms(msg.start_ms());
  stream.set_end_ms(msg.end_ms());
  stream.set_purpose(msg.purpose());
  kStreams.put(ctx, {book.last_stream()}, stream);
  ctx.emit("treasury.stream_opened", {{"stream", std::to_string(book.last_stream())},
                                      {"to", to_address(msg.to()).text()},
                                      {"amount", std::to_string(msg.amount_ucbm())}});
  return TxStatus::ok;
}

}  // namespace

template <>
MessageHandler handler_of<treasury::pb::OpenStream>() {
  return handler<treasury::pb::OpenStream>({.base_gas = {5'000}}, {preflight, check, apply});
}

}  // namespace cambium::chain
