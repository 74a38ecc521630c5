// RevealEvaluation: a seat opens its report; the last one brings the verdict.
#include <algorithm>

#include "chain/message.hpp"
#include "chain/modules/evaluation/commitment.hpp"
#include "chain/modules/evaluation/committee.hpp"
#include "chain/modules/evaluation/evaluation.hpp"

namespace cambium::chain {
namespace {

using namespace evaluation;

TxStatus preflight(const pb::RevealEvaluation& msg) {
  if (!is_hash(msg.salt())) return TxStatus::bad_hash;
  return msg.has_report() && is_hash(msg.report().head()) ? TxStatus::ok : TxStatus::bad_report;
}

TxStatus check(const ReadContext& ctx, const pb::RevealEvaluation& msg) {
  const auto found = candidate(ctx, msg.candidate());
  if (!found) return TxStatus::candidate_not_found;
  if (found->status() != pb::CANDIDATE_STATUS_REVEALING || found->attempt() != msg.attempt()) {
    return TxStatus::wrong_step;
  }
  const auto seat = std::ranges::find(found->seats(), msg.sender(), &pb::Seat::account);
  if (seat == found->seats().end()) return TxStatus::no_seat;
  if (seat->revealed()) return TxStatus::already_committed;
  const EvaluationOpening opening{msg.candidate(), msg.attempt(), to_address(msg.sender()),
                                  to_id(msg.salt())};
  if (to_field(evaluation_commitment(opening, msg.report())) != seat->commitment()) {
    return TxStatus::opening_mismatch;
  }
  const auto params = kEvaluationParams.get_or_default(ctx, {});
  const bool whole = msg.report().head() == found->head() &&
                     check_report(msg.report(), rules_for(ctx, *found, params)).has_value();
  return whole ? TxStatus::ok : TxStatus::report_incomplete;
}

TxStatus apply(Context& ctx, const pb::RevealEvaluation& msg) {
  auto candidate = kCandidates.get_or_default(ctx, {msg.candidate()});
  bool all = true;
  for (auto& seat : *candidate.mutable_seats()) {
    if (seat.account() == msg.sender()) {
      seat.set_revealed(true);
      *seat.mutable_report() = msg.report();
    }
    all &= seat.revealed();
  }
  ctx.emit("evaluation.seat_revealed", {{"candidate", std::to_string(candidate.id())},
                                        {"account", to_address(msg.sender()).text()}});
  if (all) {
    conclude(ctx, candidate);
  } else {
    kCandidates.put(ctx, {candidate.id()}, candidate);
  }
  return TxStatus::ok;
}

}  // namespace

template <>
MessageHandler handler_of<evaluation::pb::RevealEvaluation>() {
  return handler<evaluation::pb::RevealEvaluation>({.base_gas = {10'000}, .free_per_hour = 200},
                                                   {preflight, check, apply});
}

}  // namespace cambium::chain
