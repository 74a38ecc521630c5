#include "chain/modules/beacon/session.hpp"

namespace cambium::chain::beacon {
namespace {

Result<pb::Params> params(const ReadContext& ctx, const pb::ParamsRequest&) {
  return kBeaconParams.get_or_default(ctx, {});
}
Bytes params_key(const pb::ParamsRequest&) { return kBeaconParams.key({}); }

Result<pb::GroupReply> group(const ReadContext& ctx, const pb::GroupRequest&) {
  pb::GroupReply reply;
  if (auto newest = group_of_round(ctx, {UINT64_MAX})) *reply.mutable_group() = std::move(*newest);
  reply.set_shares(crypto::kBeaconShares);
  reply.set_threshold(crypto::kBeaconThreshold);
  return reply;
}

Result<pb::Session> session(const ReadContext& ctx, const pb::SessionRequest&) {
  return kSession.get_or_default(ctx, {});
}
Bytes session_key(const pb::SessionRequest&) { return kSession.key({}); }

Result<pb::Key> key(const ReadContext& ctx, const pb::KeyRequest& asked) {
  if (!is_address(asked.operator_())) {
    return fail(ErrorCode::invalid_input, "operator must be an address such as cbm1...");
  }
  if (auto found = kKeys.get(ctx, {to_address(asked.operator_())})) return std::move(*found);
  return fail(ErrorCode::not_found, "that account has registered no beacon key");
}
Bytes key_key(const pb::KeyRequest& asked) {
  return is_address(asked.operator_()) ? kKeys.key({to_address(asked.operator_())}) : Bytes{};
}

Result<pb::Round> round(const ReadContext& ctx, const pb::RoundRequest& asked) {
  if (auto found = kRounds.get(ctx, {asked.height()})) return std::move(*found);
  return fail(ErrorCode::not_found,
              "the state keeps a round only while a draw waits; blocks carry all of them");
}
Bytes round_key(const pb::RoundRequest& asked) { return kRounds.key({asked.height()}); }

}  // namespace

std::vector<Query> queries() {
  return {query("params", params, params_key), query("group", group),
          query("session", session, session_key), query("key", key, key_key),
          query("round", round, round_key)};
}

}  // namespace cambium::chain::beacon
