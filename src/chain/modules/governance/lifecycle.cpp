#include "chain/modules/governance/lifecycle.hpp"

#include "chain/detail/invariants.hpp"
#include "chain/modules/governance/actions/actions.hpp"
#include "chain/modules/governance/actions/acts.hpp"
#include "chain/modules/governance/deposits.hpp"
#include "chain/modules/governance/params.hpp"
#include "chain/modules/governance/shares.hpp"
#include "chain/modules/governance/votes/tally.hpp"

namespace cambium::chain::governance {
namespace {

constexpr std::size_t kMaxDuePerBlock = 20;  // each may give back 64 deposits
constexpr std::int64_t kBallotsKeptMs = 2 * kYearMs + kDayMs;

/// An action that breaks an invariant fails by itself: were it left to the step's own check, one
/// bad proposal would switch the whole step off, and with it every vote to come.
TxStatus run_checked(Context& ctx, const pb::Proposal& proposal, const pb::Action& action) {
  const auto before = ctx.overlay().mark();
  TRY_TX(run_action(ctx, proposal, action));
  const auto broken =
      chain::detail::violations(*ctx.environment().registry, ctx.overlay().diff_since(before),
                                {ctx.allowed(), ctx.overlay()});
  return broken.empty() ? TxStatus::ok : TxStatus::invariant_violated;
}

/// All actions or none.
void carry_out(Context& ctx, pb::Proposal& proposal) {
  const auto before = ctx.overlay().mark();
  const std::size_t events = ctx.events().size();
  for (int i = 0; i < proposal.actions_size(); ++i) {
    const TxStatus status = run_checked(ctx, proposal, proposal.actions(i));
    if (status == TxStatus::ok) continue;
    ctx.overlay().rollback(before);
    ctx.events().resize(events);
    proposal.set_status(pb::STATUS_FAILED);
    proposal.set_failure(static_cast<std::uint32_t>(status));
    proposal.set_failed_action(static_cast<std::uint32_t>(i + 1));
    return;
  }
}

bool reached_quorum(pb::Status status) {
  return status == pb::STATUS_PASSED || status == pb::STATUS_FAILED ||
         status == pb::STATUS_REJECTED || status == pb::STATUS_VETOED;
}

Burn burn_for(pb::Status status) {
  if (status == pb::STATUS_VETOED) return Burn::everything;
  return status == pb::STATUS_CANCELLED ? Burn::half_of_proposers : Burn::nothing;
}

/// Ballots go once nobody can claim by them any more.
void prune(Context& ctx, const pb::Proposal& proposal, Budget& budget) {
  const std::int64_t now = ctx.block().time.value;
  if (proposal.year() != 0 && now < proposal.decided_ms() + kBallotsKeptMs) return;
  if (prune_ballots(ctx, proposal.id(), budget) == Count::done) return;
  pb::Due again;
  again.set_proposal(proposal.id());
  remember_due(ctx, ctx.block().time, again);
}

void handle(Context& ctx, std::uint64_t id, Budget& budget) {
  auto proposal = find(ctx, id);
  CHECK(proposal, "something is due of a proposal that does not exist");
  const bool over = proposal->voting_end_ms() <= ctx.block().time.value;
  switch (proposal->status()) {
    case pb::STATUS_DEPOSIT:
      if (over) decide(ctx, *proposal, pb::STATUS_EXPIRED);
      return;
    case pb::STATUS_VOTING:
      if (!over) return;
      if (is_emergency(proposal->track())) return decide(ctx, *proposal, pb::STATUS_EXPIRED);
      return start_tally(ctx, *proposal);
    case pb::STATUS_TALLYING:
      if (is_emergency(proposal->track())) decide(ctx, *proposal, pb::STATUS_PASSED);
      return;
    default: return prune(ctx, *proposal, budget);
  }
}

Bytes run_due(Context& ctx, ByteView) {
  std::vector<std::pair<decltype(kDue)::Key, pb::Due>> due;
  const auto now = static_cast<std::uint64_t>(ctx.block().time.value);
  kDue.scan(ctx, kDue.prefix(), [&](const auto& key, const pb::Due& item) {
    if (std::get<0>(key) > now || due.size() >= kMaxDuePerBlock) return ScanStep::stop;
    due.emplace_back(key, item);
    return ScanStep::next;
  });
  Budget budget = kMaxBlockEndEntries;
  for (const auto& [key, item] : due) {
    kDue.erase(ctx, key);
    if (item.proposal() != 0) {
      handle(ctx, item.proposal(), budget);
    } else if (item.act() != 0) {
      end_act(ctx, item.act());
    } else {
      roll_year(ctx);
    }
  }
  return {};
}

/// The tally record keeps its own place, so the step starts with the oldest count each time.
Bytes run_tally(Context& ctx, ByteView) {
  Budget budget = kMaxBlockEndEntries;
  while (budget > 0) {
    std::optional<std::uint64_t> first;
    kTallies.scan(ctx, kTallies.prefix(), [&](const auto& key, const auto&) {
      first = std::get<0>(key);
      return ScanStep::stop;
    });
    if (!first) break;
    auto proposal = find(ctx, *first);
    CHECK(proposal, "a count belongs to a proposal");
    if (count_on(ctx, *proposal, budget) == Count::goes_on) break;
    const auto params = kGovernanceParams.get_or_default(ctx, {});
    decide(ctx, *proposal, outcome(params, *proposal));
    budget -= std::min<Budget>(budget, 1);
  }
  return {};
}

}  // namespace

void decide(Context& ctx, pb::Proposal& proposal, pb::Status status) {
  proposal.set_status(status);
  proposal.set_decided_ms(ctx.block().time.value);
  if (status == pb::STATUS_PASSED) carry_out(ctx, proposal);
  end_deposits(ctx, proposal, burn_for(status));
  const bool counts = proposal.track() == pb::TRACK_STAKE && reached_quorum(proposal.status());
  if (counts) join_year(ctx, proposal);
  save(ctx, proposal);
  pb::Due ballots;
  ballots.set_proposal(proposal.id());
  const std::int64_t kept = proposal.year() == 0 ? 0 : kBallotsKeptMs;
  remember_due(ctx, {proposal.decided_ms() + kept}, ballots);
  ctx.emit("governance.decided", {{"proposal", std::to_string(proposal.id())},
                                  {"status", pb::Status_Name(proposal.status())}});
}

BlockEndStep due_step() {
  return {.name = "governance.due",
          .run = run_due,
          .privileges = {.may_mint = true, .may_burn = true}};
}

BlockEndStep tally_step() {
  return {.name = "governance.tally",
          .run = run_tally,
          .privileges = {.may_mint = true, .may_burn = true}};
}

}  // namespace cambium::chain::governance
