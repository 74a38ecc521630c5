// Deal: a member's part in the key that is being made. Free, for it serves everybody; only members
// may, once a session.
#include "chain/message.hpp"
#include "chain/modules/beacon/session.hpp"

namespace cambium::chain {
namespace {

using namespace beacon;

// Checking every point and adding them up takes about as long as this much other work.
constexpr std::uint64_t kDealGas = 300'000;
constexpr std::size_t kMaxField = 16 * 1024;

TxStatus preflight(const pb::Deal& msg) {
  const bool fits = msg.commitments().size() <= kMaxField && msg.shares().size() <= kMaxField &&
                    msg.ephemeral().size() <= 256 && msg.proof().size() <= 256;
  return fits ? TxStatus::ok : TxStatus::field_too_long;
}

crypto::BeaconDeal deal_of(const pb::Deal& msg) {
  return {.commitments = to_bytes(as_bytes(msg.commitments())),
          .ephemeral = to_bytes(as_bytes(msg.ephemeral())),
          .proof = to_bytes(as_bytes(msg.proof())),
          .shares = to_bytes(as_bytes(msg.shares()))};
}

TxStatus check(const ReadContext& ctx, const pb::Deal& msg) {
  const auto* scheme = ctx.verifier().beacon();
  if (scheme == nullptr) return TxStatus::beacon_unsupported;
  const auto session = kSession.get_or_default(ctx, {});
  if (session.phase() != pb::PHASE_DEALS || session.number() != msg.session()) {
    return TxStatus::beacon_wrong_session;
  }
  const Address sender = to_address(msg.sender());
  if (member_of(session, sender) == nullptr) return TxStatus::beacon_not_a_member;
  if (kDeals.has(ctx, {msg.session(), sender})) return TxStatus::beacon_already_dealt;
  ctx.charge(kDealGas);
  const Bytes context = deal_context({ctx.block().chain_id, msg.session(), sender});
  return scheme->is_sound(deal_of(msg), context) ? TxStatus::ok : TxStatus::beacon_bad_deal;
}

TxStatus apply(Context& ctx, const pb::Deal& msg) {
  const Address sender = to_address(msg.sender());
  auto session = kSession.get_or_default(ctx, {});
  const auto sum = ctx.verifier().beacon()->add(
      {as_bytes(session.sum()), as_bytes(msg.commitments())});
  if (!sum) return TxStatus::beacon_bad_deal;
  session.set_sum(to_string(*sum));
  session.set_dealers(session.dealers() + 1);
  session.set_dealt_shares(session.dealt_shares() + member_of(session, sender)->count());
  kSession.put(ctx, {}, session);
  pb::StoredDeal deal;
  deal.set_ephemeral(msg.ephemeral());
  deal.set_shares(msg.shares());
  kDeals.put(ctx, {msg.session(), sender}, deal);
  pb::StoredCommitments commitments;
  commitments.set_commitments(msg.commitments());
  kCommitments.put(ctx, {msg.session(), sender}, commitments);
  ctx.emit("beacon.dealt",
           {{"session", std::to_string(msg.session())}, {"dealer", sender.text()}});
  return TxStatus::ok;
}

}  // namespace

template <>
MessageHandler handler_of<beacon::pb::Deal>() {
  return handler<beacon::pb::Deal>({.base_gas = {10'000}, .free_per_hour = 60},
                                   {preflight, check, apply});
}

}  // namespace cambium::chain
