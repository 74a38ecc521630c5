#include "engine/cometbft/votes/member.hpp"

#include "chain/modules/beacon/session.hpp"
#include "chain/modules/staking/tables.hpp"

namespace cambium::engine {

namespace beacon = chain::beacon;
using cambium::tx::v1::Msg;

namespace {

template <class Members>
std::optional<crypto::ShareRange> range_of(const Members& members, const chain::Address& who) {
  for (const beacon::pb::Member& member : members) {
    if (member.operator_() == chain::to_field(who)) {
      return crypto::ShareRange{member.first(), member.count()};
    }
  }
  return std::nullopt;
}

Bytes context_of(const chain::ReadContext& ctx, std::uint64_t session,
                 const chain::Address& dealer) {
  return beacon::deal_context({ctx.block().chain_id, session, dealer});
}

std::optional<Msg> registration(const chain::ReadContext& ctx, const BeaconIdentity& me) {
  if (!chain::staking::kValidators.has(ctx, {me.operator_account})) return std::nullopt;
  const Bytes context = beacon::key_context({ctx.block().chain_id, 0, me.operator_account});
  const auto mine = me.signer->key_of(me.secret, context);
  const auto known = beacon::kKeys.get(ctx, {me.operator_account});
  if (known && equal(as_bytes(known->key()), mine.key)) return std::nullopt;
  Msg out;
  auto* msg = out.mutable_beacon()->mutable_register_();
  msg->set_sender(chain::to_field(me.operator_account));
  msg->set_key(to_string(mine.key));
  msg->set_proof(to_string(mine.proof));
  return out;
}

Msg deal(const chain::ReadContext& ctx, const BeaconIdentity& me,
         const beacon::pb::Session& session) {
  std::vector<crypto::BeaconRecipient> to;
  for (const auto& m : session.members()) to.push_back({as_bytes(m.key()), {m.first(), m.count()}});
  const auto made =
      me.signer->deal(me.secret, context_of(ctx, session.number(), me.operator_account), to);
  Msg out;
  auto* msg = out.mutable_beacon()->mutable_deal();
  msg->set_sender(chain::to_field(me.operator_account));
  msg->set_session(session.number());
  msg->set_commitments(to_string(made.commitments));
  msg->set_ephemeral(to_string(made.ephemeral));
  msg->set_proof(to_string(made.proof));
  msg->set_shares(to_string(made.shares));
  return out;
}

void complain(const chain::ReadContext& ctx, const BeaconIdentity& me,
              const beacon::pb::Session& session, std::vector<Msg>& out) {
  const auto mine = range_of(session.members(), me.operator_account);
  for (const auto& member : session.members()) {
    const auto dealer = chain::to_address(member.operator_());
    const auto stored = beacon::stored_deal(ctx, session.number(), dealer);
    if (!stored) continue;
    const Bytes context = context_of(ctx, session.number(), dealer);
    if (me.signer->open(me.secret, {*stored, context}, *mine)) continue;
    const auto opening = me.signer->complain(me.secret, {*stored, context});
    auto* msg = out.emplace_back().mutable_beacon()->mutable_complain();
    msg->set_sender(chain::to_field(me.operator_account));
    msg->set_session(session.number());
    msg->set_dealer(member.operator_());
    msg->set_point(to_string(opening.point));
    msg->set_proof(to_string(opening.proof));
  }
}

}  // namespace

const std::vector<crypto::SecretShare>& BeaconMember::shares_of(const chain::ReadContext& ctx,
                                                                const beacon::pb::Group& group) {
  if (session_ == group.session()) return shares_;
  session_ = group.session();
  shares_.clear();
  const auto mine = range_of(group.members(), identity_.operator_account);
  if (!mine) return shares_;
  std::vector<std::vector<crypto::SecretShare>> parts;
  for (const auto& field : group.dealers()) {
    const auto dealer = chain::to_address(field);
    const auto stored = beacon::stored_deal(ctx, group.session(), dealer);
    if (!stored) return shares_;
    const Bytes context = context_of(ctx, group.session(), dealer);
    auto part = identity_.signer->open(identity_.secret, {*stored, context}, *mine);
    if (!part) return shares_;  // another key than the one that was registered
    parts.push_back(std::move(*part));
  }
  if (!parts.empty()) shares_ = identity_.signer->sum(parts);
  return shares_;
}

Bytes BeaconMember::sign(const chain::ReadContext& ctx, Height round) {
  if (identity_.secret.empty()) return {};
  const auto group = beacon::group_of_round(ctx, round);
  if (!group) return {};
  const Hash message = beacon::round_message(ctx.block().chain_id, round);
  Bytes out;
  for (const auto& share : shares_of(ctx, *group)) {
    append(out, identity_.signer->sign(share, message));
  }
  return out;
}

std::vector<Msg> beacon_duties(const chain::ReadContext& ctx, const BeaconIdentity& me) {
  std::vector<Msg> out;
  if (me.secret.empty() || !beacon::kBeaconParams.has(ctx, {})) return out;
  if (auto msg = registration(ctx, me)) out.push_back(std::move(*msg));
  const auto session = beacon::kSession.get_or_default(ctx, {});
  const auto* member = beacon::member_of(session, me.operator_account);
  if (member == nullptr) return out;
  const bool dealt = beacon::kDeals.has(ctx, {session.number(), me.operator_account});
  if (session.phase() == beacon::pb::PHASE_DEALS && !dealt) {
    out.push_back(deal(ctx, me, session));
  } else if (session.phase() == beacon::pb::PHASE_COMPLAINTS) {
    complain(ctx, me, session, out);
  }
  return out;
}

}  // namespace cambium::engine
