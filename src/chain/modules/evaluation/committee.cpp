#include "chain/modules/evaluation/committee.hpp"

#include <algorithm>

#include "chain/modules/bank/bank.hpp"
#include "chain/modules/beacon/beacon.hpp"
#include "chain/modules/evaluation/draw.hpp"
#include "chain/modules/evaluation/evaluation.hpp"
#include "chain/modules/models/models.hpp"

namespace cambium::chain::evaluation {
namespace {

constexpr std::uint32_t kFailuresBeforeExclusion = 5;
constexpr std::uint64_t kDrawPatienceBlocks = 10'000;  // how long a candidate waits for evaluators
constexpr std::size_t kFullCommitteePool = 15;         // fewer eligible: the verdict is marked

std::vector<Address> eligible_for(const ReadContext& ctx, const pb::Candidate& candidate) {
  std::vector<Address> out;
  kEvaluators.scan(ctx, kEvaluators.prefix(), [&](const auto&, const pb::Evaluator& evaluator) {
    const bool may = evaluator.account() != candidate.account() && evaluator.bond_ucbm() > 0 &&
                     evaluator.failures_in_a_row() < kFailuresBeforeExclusion;
    if (may) out.push_back(to_address(evaluator.account()));
    return ScanStep::next;
  });
  return out;
}

void change_open_seats(Context& ctx, const Address& account, std::int32_t by) {
  auto evaluator = kEvaluators.get(ctx, {account});
  if (!evaluator) return;
  evaluator->set_open_seats(std::uint32_t(std::int32_t(evaluator->open_seats()) + by));
  kEvaluators.put(ctx, {account}, *evaluator);
}

void add_seat(Context& ctx, pb::Candidate& candidate, const std::string& account) {
  candidate.add_seats()->set_account(account);
  change_open_seats(ctx, to_address(account), 1);
}

/// Removes seats that did not act, with their penalty.
template <class Acted>
void drop_idle_seats(Context& ctx, pb::Candidate& candidate, Acted acted) {
  const auto params = kEvaluationParams.get_or_default(ctx, {});
  google::protobuf::RepeatedPtrField<pb::Seat> kept;
  for (const auto& seat : candidate.seats()) {
    if (acted(seat)) {
      *kept.Add() = seat;
      continue;
    }
    const auto account = to_address(seat.account());
    slash(ctx, account, params.no_reveal_slash_ucbm());
    change_open_seats(ctx, account, -1);
    ctx.emit("evaluation.seat_lost",
             {{"candidate", std::to_string(candidate.id())}, {"account", account.text()}});
  }
  *candidate.mutable_seats() = kept;
}

void free_seats(Context& ctx, pb::Candidate& candidate) {
  for (const auto& seat : candidate.seats()) {
    change_open_seats(ctx, to_address(seat.account()), -1);
  }
}

/// Another draw on the present head, while measurements are left.
void measure_again(Context& ctx, pb::Candidate& candidate, pb::Reason when_spent) {
  const auto params = kEvaluationParams.get_or_default(ctx, {});
  if (candidate.attempt() >= params.max_measurements()) return refuse(ctx, candidate, when_spent);
  free_seats(ctx, candidate);
  candidate.clear_seats();
  candidate.clear_alternates();
  candidate.set_status(pb::CANDIDATE_STATUS_DRAWING);
  beacon::ask(ctx);
  save(ctx, candidate, ctx.block().height.value + 1);
}

}  // namespace

void draw_committee(Context& ctx, pb::Candidate& candidate) {
  const auto params = kEvaluationParams.get_or_default(ctx, {});
  const auto eligible = eligible_for(ctx, candidate);
  const std::uint64_t now = ctx.block().height.value;
  const auto beacon = ctx.block().draw({candidate.deadline_height() - 1});
  if (!beacon) return;  // still due in the next block
  if (eligible.empty()) {
    if (now > candidate.revealed_height() + kDrawPatienceBlocks) {
      return refuse(ctx, candidate, pb::REASON_NO_COMMITTEE);
    }
    return save(ctx, candidate, now + 1);
  }
  candidate.set_attempt(candidate.attempt() + 1);
  candidate.set_status(pb::CANDIDATE_STATUS_MEASURING);
  candidate.set_head(models::kModels.get_or_default(ctx, {candidate.model()}).index_root());
  candidate.mutable_verdict()->set_small_committee(eligible.size() < kFullCommitteePool);
  candidate.clear_seats();
  candidate.clear_alternates();
  const auto order =
      draw_order({*beacon, candidate.id(), candidate.attempt()}, eligible);
  candidate.set_beacon_kind(ctx.block().beacon_kind);
  const std::size_t size = std::min<std::size_t>(params.committee_size(), order.size());
  for (std::size_t i = 0; i < std::min(order.size(), size * 2); ++i) {
    i < size ? add_seat(ctx, candidate, to_field(order[i]))
             : candidate.add_alternates(to_field(order[i]));
  }
  save(ctx, candidate, now + params.evaluation_commit_blocks());
  ctx.emit("evaluation.committee_drawn", {{"candidate", std::to_string(candidate.id())},
                                          {"attempt", std::to_string(candidate.attempt())},
                                          {"seats", std::to_string(size)},
                                          {"eligible", std::to_string(eligible.size())}});
}

void commit_deadline(Context& ctx, pb::Candidate& candidate) {
  const auto params = kEvaluationParams.get_or_default(ctx, {});
  const int wanted = candidate.seats_size();
  drop_idle_seats(ctx, candidate, [](const auto& seat) { return !seat.commitment().empty(); });
  bool replaced = false;
  while (candidate.seats_size() < wanted && candidate.alternates_size() > 0) {
    add_seat(ctx, candidate, candidate.alternates(candidate.alternates_size() - 1));
    candidate.mutable_alternates()->RemoveLast();
    replaced = true;
  }
  const std::uint64_t now = ctx.block().height.value;
  if (replaced) return save(ctx, candidate, now + params.evaluation_commit_blocks());
  if (candidate.seats_size() * 2 <= wanted) {
    return measure_again(ctx, candidate, pb::REASON_NO_COMMITTEE);
  }
  candidate.set_status(pb::CANDIDATE_STATUS_REVEALING);
  save(ctx, candidate, now + params.evaluation_reveal_blocks());
}

void reveal_deadline(Context& ctx, pb::Candidate& candidate) {
  const int wanted = candidate.seats_size();
  drop_idle_seats(ctx, candidate, [](const auto& seat) { return seat.revealed(); });
  if (candidate.seats_size() * 2 <= wanted) {
    return measure_again(ctx, candidate, pb::REASON_NO_COMMITTEE);
  }
  conclude(ctx, candidate);
}

void conclude(Context& ctx, pb::Candidate& candidate) {
  const auto params = kEvaluationParams.get_or_default(ctx, {});
  std::vector<pb::Report> reports;
  for (const auto& seat : candidate.seats()) reports.push_back(seat.report());
  auto verdict = decide(reports, rules_for(ctx, candidate, params));
  verdict.set_small_committee(candidate.verdict().small_committee());

  const auto agrees = agreement(reports);
  for (std::size_t i = 0; i < agrees.size(); ++i) {
    const auto account = to_address(candidate.seats(int(i)).account());
    if (!agrees[i]) slash(ctx, account, params.dissent_slash_ucbm());
  }
  const auto model = models::kModels.get_or_default(ctx, {candidate.model()});
  if (verdict.accepted() && model.index_root() != candidate.head()) {
    return measure_again(ctx, candidate, pb::REASON_HEAD_MOVED_TOO_OFTEN);
  }
  close(ctx, candidate, verdict);
}

void refuse(Context& ctx, pb::Candidate& candidate, pb::Reason reason) {
  pb::Verdict verdict;
  verdict.set_reason(reason);
  verdict.set_small_committee(candidate.verdict().small_committee());
  close(ctx, candidate, verdict);
}

void slash(Context& ctx, const Address& account, std::uint64_t ucbm) {
  auto evaluator = kEvaluators.get(ctx, {account});
  if (!evaluator) return;
  const std::uint64_t taken = std::min(ucbm, evaluator->bond_ucbm());
  evaluator->set_bond_ucbm(evaluator->bond_ucbm() - taken);
  evaluator->set_failures_in_a_row(evaluator->failures_in_a_row() + 1);
  kEvaluators.put(ctx, {account}, *evaluator);
  const auto moved =
      bank::transfer(ctx, {bonds_account(), module_address("treasury"), bank::coin(taken)});
  CHECK(moved == TxStatus::ok, "bonds are held in full by their account");
  ctx.emit("evaluation.slashed",
           {{"account", account.text()}, {"amount_ucbm", std::to_string(taken)}});
}

}  // namespace cambium::chain::evaluation
