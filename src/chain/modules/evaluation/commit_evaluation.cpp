// CommitEvaluation: a seat binds itself before it can see what others found.
#include <algorithm>

#include "chain/message.hpp"
#include "chain/modules/evaluation/evaluation.hpp"

namespace cambium::chain {
namespace {

using namespace evaluation;

TxStatus preflight(const pb::CommitEvaluation& msg) {
  return is_hash(msg.commitment()) ? TxStatus::ok : TxStatus::bad_hash;
}

TxStatus check(const ReadContext& ctx, const pb::CommitEvaluation& msg) {
  const auto found = candidate(ctx, msg.candidate());
  if (!found) return TxStatus::candidate_not_found;
  if (found->status() != pb::CANDIDATE_STATUS_MEASURING || found->attempt() != msg.attempt()) {
    return TxStatus::wrong_step;
  }
  const auto seat = std::ranges::find(found->seats(), msg.sender(), &pb::Seat::account);
  if (seat == found->seats().end()) return TxStatus::no_seat;
  return seat->commitment().empty() ? TxStatus::ok : TxStatus::already_committed;
}

TxStatus apply(Context& ctx, const pb::CommitEvaluation& msg) {
  auto candidate = kCandidates.get_or_default(ctx, {msg.candidate()});
  bool all = true;
  for (auto& seat : *candidate.mutable_seats()) {
    if (seat.account() == msg.sender()) seat.set_commitment(msg.commitment());
    all &= !seat.commitment().empty();
  }
  if (all) {
    const auto params = kEvaluationParams.get_or_default(ctx, {});
    candidate.set_status(pb::CANDIDATE_STATUS_REVEALING);
    save(ctx, candidate, ctx.block().height.value + params.evaluation_reveal_blocks());
  } else {
    kCandidates.put(ctx, {candidate.id()}, candidate);
  }
  ctx.emit("evaluation.seat_committed", {{"candidate", std::to_string(candidate.id())},
                                         {"account", to_address(msg.sender()).text()}});
  return TxStatus::ok;
}

}  // namespace

template <>
MessageHandler handler_of<evaluation::pb::CommitEvaluation>() {
  return handler<evaluation::pb::CommitEvaluation>({.base_gas = {2'000}, .free_per_hour = 200},
                                                   {preflight, check, apply});
}

}  // namespace cambium::chain
