// Cancel: the proposer thinks better of it. Known from rules version 2 on.
#include "chain/message.hpp"
#include "chain/modules/governance/lifecycle.hpp"

namespace cambium::chain {
namespace {

using namespace governance;

TxStatus preflight(const pb::Cancel& msg) {
  return msg.proposal() == 0 ? TxStatus::field_out_of_range : TxStatus::ok;
}

TxStatus check(const ReadContext& ctx, const pb::Cancel& msg) {
  const auto proposal = find(ctx, msg.proposal());
  if (!proposal) return TxStatus::proposal_not_found;
  if (proposal->proposer() != msg.sender()) return TxStatus::not_the_proposer;
  const bool open = proposal->status() == pb::STATUS_DEPOSIT ||
                    (proposal->status() == pb::STATUS_VOTING &&
                     ctx.block().time.value < proposal->voting_end_ms());
  return open ? TxStatus::ok : TxStatus::wrong_proposal_step;
}

TxStatus apply(Context& ctx, const pb::Cancel& msg) {
  auto proposal = find(ctx, msg.proposal());
  decide(ctx, *proposal, pb::STATUS_CANCELLED);
  return TxStatus::ok;
}

}  // namespace

template <>
MessageHandler handler_of<governance::pb::Cancel>() {
  return handler<governance::pb::Cancel>({.since = 2,
                                          .privileges = {.may_burn = true},
                                          .base_gas = {10'000},
                                          .during_pause = true},
                                         {preflight, check, apply});
}

}  // namespace cambium::chain
