#include "chain/modules/beacon/session.hpp"

#include <algorithm>

#include "chain/modules/staking/tables.hpp"

namespace cambium::chain::beacon {
namespace {

/// What a session is called in events.
std::string name_of(const pb::Session& session) { return std::to_string(session.number()); }

bool same(const pb::Member& a, const pb::Member& b) {
  return a.operator_() == b.operator_() && a.key() == b.key() && a.first() == b.first() &&
         a.count() == b.count();
}

std::optional<pb::Group> newest_group(const ReadContext& ctx) {
  return group_of_round(ctx, {UINT64_MAX});
}

/// The present group does what a new one would.
bool is_settled(const ReadContext& ctx, const std::vector<pb::Member>& members) {
  const auto group = newest_group(ctx);
  return group && std::ranges::equal(group->members(), members, same);
}

void begin(Context& ctx, pb::Session& session) {
  const auto params = kBeaconParams.get_or_default(ctx, {});
  const std::int64_t now = ctx.block().time.value;
  if (session.number() != 0 && now < session.begun_ms() + params.epoch_ms()) return;
  const auto members = members_now(ctx);
  if (members.empty() || is_settled(ctx, members)) return;
  const std::uint64_t number = session.number() + 1;
  session.Clear();
  session.set_number(number);
  session.set_phase(pb::PHASE_DEALS);
  session.set_begun_ms(now);
  session.set_deadline_ms(now + params.deal_window_ms());
  for (const auto& member : members) *session.add_members() = member;
  kSession.put(ctx, {}, session);
  ctx.emit("beacon.session_begun", {{"session", name_of(session)},
                                    {"members", std::to_string(members.size())}});
}

template <class Table>
std::vector<typename Table::Key> keys_below(const ReadContext& ctx, const Table& table,
                                            const Bytes& prefix) {
  std::vector<typename Table::Key> out;
  table.scan(ctx, prefix, [&](const auto& key, const auto&) {
    out.push_back(key);
    return ScanStep::next;
  });
  return out;
}

/// Every session leaves at most as many deals as it had members: a hundred.
void forget_deals(Context& ctx, std::uint64_t session) {
  for (const auto& key : keys_below(ctx, kDeals, kDeals.prefix(session))) kDeals.erase(ctx, key);
}

void end(Context& ctx, pb::Session& session) {
  const auto prefix = kCommitments.prefix(session.number());
  for (const auto& key : keys_below(ctx, kCommitments, prefix)) kCommitments.erase(ctx, key);
  pb::Session ended;
  ended.set_number(session.number());
  ended.set_begun_ms(session.begun_ms());
  kSession.put(ctx, {}, ended);
}

void fail_session(Context& ctx, pb::Session& session) {
  forget_deals(ctx, session.number());
  end(ctx, session);
  ctx.emit("beacon.session_failed", {{"session", name_of(session)},
                                     {"dealt_shares", std::to_string(session.dealt_shares())}});
}

/// The group before the newest stays for the one round that was signed while this block was made.
void make_group(Context& ctx, pb::Session& session) {
  auto groups = keys_below(ctx, kGroups, kGroups.prefix());
  if (!groups.empty()) {
    groups.pop_back();
    for (const auto& key : groups) kGroups.erase(ctx, key);
  }
  if (const auto before = newest_group(ctx)) forget_deals(ctx, before->session());
  pb::Group group;
  group.set_session(session.number());
  group.set_first_round(ctx.block().height.value + 1);
  group.set_commitments(session.sum());
  *group.mutable_members() = session.members();
  kDeals.scan(ctx, kDeals.prefix(session.number()), [&](const auto& key, const pb::StoredDeal&) {
    group.add_dealers(to_field(std::get<1>(key)));
    return ScanStep::next;
  });
  kGroups.put(ctx, {group.first_round()}, group);
  end(ctx, session);
  ctx.emit("beacon.group_made", {{"session", name_of(session)},
                                 {"dealers", std::to_string(group.dealers_size())},
                                 {"first_round", std::to_string(group.first_round())}});
}

/// Fewer shares than sign together could all be one liar's: then nobody honest added to the key.
bool enough(const pb::Session& session) {
  return session.dealt_shares() >= crypto::kBeaconThreshold;
}

void move_on(Context& ctx, pb::Session& session) {
  const bool over = ctx.block().time.value >= session.deadline_ms();
  if (session.phase() == pb::PHASE_DEALS) {
    const bool complete = session.dealers() == static_cast<std::uint32_t>(session.members_size());
    if (!over && !complete) return;
    if (!enough(session)) return fail_session(ctx, session);
    const auto params = kBeaconParams.get_or_default(ctx, {});
    session.set_phase(pb::PHASE_COMPLAINTS);
    session.set_deadline_ms(ctx.block().time.value + params.complaint_window_ms());
    kSession.put(ctx, {}, session);
    return;
  }
  if (!over) return;
  enough(session) ? make_group(ctx, session) : fail_session(ctx, session);
}

Bytes run(Context& ctx, ByteView) {
  if (!kBeaconParams.has(ctx, {})) return {};
  auto session = kSession.get_or_default(ctx, {});
  session.phase() == pb::PHASE_NONE ? begin(ctx, session) : move_on(ctx, session);
  return {};
}

}  // namespace

std::vector<pb::Member> members_now(const ReadContext& ctx) {
  std::vector<Weight> weights;
  u128 registered = 0;
  u128 all = 0;
  const Bytes everybody = staking::kActiveSet.prefix();
  staking::kActiveSet.scan(ctx, everybody, [&](const auto&, const auto& active) {
    const Address who = to_address(active.operator_());
    all += active.power();
    if (kKeys.has(ctx, {who})) {
      weights.push_back({who, active.power()});
      registered += active.power();
    }
    return ScanStep::next;
  });
  // With seven tenths, any two thirds of the power that vote hold 51 of the shares: whoever writes
  // a block can then not leave votes out until too few shares are there.
  if (all == 0 || registered * 10 < all * 7) return {};
  std::vector<pb::Member> out;
  for (const auto& part : allot(std::move(weights))) {
    pb::Member member;
    member.set_operator_(to_field(part.operator_account));
    member.set_key(kKeys.get_or_default(ctx, {part.operator_account}).key());
    member.set_first(part.range.first);
    member.set_count(part.range.count);
    out.push_back(std::move(member));
  }
  return out;
}

const pb::Member* member_of(const pb::Session& session, const Address& who) {
  const auto found = std::ranges::find(session.members(), to_field(who), &pb::Member::operator_);
  return found == session.members().end() ? nullptr : &*found;
}

std::optional<crypto::BeaconDeal> stored_deal(const ReadContext& ctx, std::uint64_t session,
                                              const Address& dealer) {
  const auto deal = kDeals.get(ctx, {session, dealer});
  if (!deal) return std::nullopt;
  const auto commitments = kCommitments.get_or_default(ctx, {session, dealer});
  return crypto::BeaconDeal{.commitments = to_bytes(as_bytes(commitments.commitments())),
                            .ephemeral = to_bytes(as_bytes(deal->ephemeral())),
                            .proof = {},
                            .shares = to_bytes(as_bytes(deal->shares()))};
}

void drop_dealer(Context& ctx, pb::Session& session, const Address& dealer) {
  const auto commitments = kCommitments.get_or_default(ctx, {session.number(), dealer});
  session.set_dealers(session.dealers() - 1);
  session.set_dealt_shares(session.dealt_shares() - member_of(session, dealer)->count());
  if (session.dealers() == 0) {
    session.clear_sum();
  } else {
    const auto sum = ctx.verifier().beacon()->subtract(
        {as_bytes(session.sum()), as_bytes(commitments.commitments())});
    // Others' polynomials that cancel out make a sum that could not be used anyway.
    sum ? session.set_sum(to_string(*sum)) : session.set_dealt_shares(0);
  }
  kCommitments.erase(ctx, {session.number(), dealer});
  kDeals.erase(ctx, {session.number(), dealer});
  kSession.put(ctx, {}, session);
}

BlockEndStep session_step() { return {.name = "beacon.session", .run = run}; }

}  // namespace cambium::chain::beacon
