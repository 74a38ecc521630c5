// Rule: an arbitrator's ruling; the round ends as soon as more than half agree.
#include <algorithm>

#include "chain/message.hpp"
#include "chain/modules/treasury/disputes.hpp"
#include "chain/modules/treasury/params.hpp"

namespace cambium::chain {
namespace {

using namespace treasury;

bool contains(const auto& list, const std::string& account) {
  return std::ranges::find(list, account) != list.end();
}

TxStatus preflight(const pb::Rule& msg) {
  if (msg.dispute() == 0) return TxStatus::field_out_of_range;
  return msg.reason().size() > kMaxTextBytes ? TxStatus::field_too_long : TxStatus::ok;
}

TxStatus check(const ReadContext& ctx, const pb::Rule& msg) {
  const auto dispute = kDisputes.get(ctx, {msg.dispute()});
  if (!dispute) return TxStatus::dispute_not_found;
  if (dispute->status() != pb::DISPUTE_STATUS_RULING) return TxStatus::wrong_dispute_step;
  if (!contains(dispute->panel(), msg.sender())) return TxStatus::not_an_arbitrator;
  const bool again = contains(dispute->for_claimant(), msg.sender()) ||
                     contains(dispute->against(), msg.sender());
  if (again) return TxStatus::already_ruled;
  return ctx.block().time.value >= dispute->due_ms() ? TxStatus::deadline_passed : TxStatus::ok;
}

TxStatus apply(Context& ctx, const pb::Rule& msg) {
  auto dispute = *kDisputes.get(ctx, {msg.dispute()});
  insert_ascending(msg.for_claimant() ? *dispute.mutable_for_claimant()
                                      : *dispute.mutable_against(),
                   msg.sender());
  ctx.emit("treasury.arbitrator_ruled", {{"dispute", std::to_string(msg.dispute())},
                                         {"arbitrator", to_address(msg.sender()).text()},
                                         {"for_claimant", msg.for_claimant() ? "true" : "false"},
                                         {"reason", msg.reason()}});
  if (majority(dispute) != Side::undecided) {
    end_round(ctx, msg.dispute(), dispute);
  } else {
    kDisputes.put(ctx, {msg.dispute()}, dispute);
  }
  return TxStatus::ok;
}

}  // namespace

template <>
MessageHandler handler_of<treasury::pb::Rule>() {
  return handler<treasury::pb::Rule>({.base_gas = {5'000}}, {preflight, check, apply});
}

}  // namespace cambium::chain
