// Complain: a member shows that a dealer's shares for it do not fit what the dealer published.
#include "chain/message.hpp"
#include "chain/modules/beacon/session.hpp"

namespace cambium::chain {
namespace {

using namespace beacon;

constexpr std::uint64_t kOpeningGas = 50'000;
constexpr std::uint64_t kGasPerShare = 5'000;

TxStatus preflight(const pb::Complain& msg) {
  if (!is_address(msg.dealer())) return TxStatus::bad_address;
  return msg.point().size() <= 256 && msg.proof().size() <= 256 ? TxStatus::ok
                                                                : TxStatus::field_too_long;
}

TxStatus verdict_on(const ReadContext& ctx, const pb::Complain& msg, const pb::Member& member) {
  const Address dealer = to_address(msg.dealer());
  const auto deal = stored_deal(ctx, msg.session(), dealer);
  if (!deal) return TxStatus::beacon_no_deal;
  ctx.charge(kOpeningGas + kGasPerShare * member.count());
  const Bytes context = deal_context({ctx.block().chain_id, msg.session(), dealer});
  switch (ctx.verifier().beacon()->judge({.deal = *deal,
                                          .context = context,
                                          .key = as_bytes(member.key()),
                                          .range = {member.first(), member.count()},
                                          .point = as_bytes(msg.point()),
                                          .proof = as_bytes(msg.proof())})) {
    case crypto::ComplaintVerdict::shares_are_bad: return TxStatus::ok;
    case crypto::ComplaintVerdict::shares_are_good: return TxStatus::beacon_share_is_good;
    case crypto::ComplaintVerdict::unproven: break;
  }
  return TxStatus::beacon_complaint_unproven;
}

TxStatus check(const ReadContext& ctx, const pb::Complain& msg) {
  if (ctx.verifier().beacon() == nullptr) return TxStatus::beacon_unsupported;
  const auto session = kSession.get_or_default(ctx, {});
  if (session.phase() != pb::PHASE_COMPLAINTS || session.number() != msg.session()) {
    return TxStatus::beacon_wrong_session;
  }
  const auto* member = member_of(session, to_address(msg.sender()));
  return member == nullptr ? TxStatus::beacon_not_a_member : verdict_on(ctx, msg, *member);
}

TxStatus apply(Context& ctx, const pb::Complain& msg) {
  auto session = kSession.get_or_default(ctx, {});
  const Address dealer = to_address(msg.dealer());
  drop_dealer(ctx, session, dealer);
  ctx.emit("beacon.dealer_out", {{"session", std::to_string(msg.session())},
                                 {"dealer", dealer.text()},
                                 {"shown_by", to_address(msg.sender()).text()}});
  return TxStatus::ok;
}

}  // namespace

template <>
MessageHandler handler_of<beacon::pb::Complain>() {
  return handler<beacon::pb::Complain>({.base_gas = {10'000}, .free_per_hour = 100},
                                       {preflight, check, apply});
}

}  // namespace cambium::chain
