#include "chain/modules/slashing/queries.hpp"

#include "chain/modules/slashing/signing.hpp"
#include "chain/modules/staking/staking.hpp"
#include "chain/modules/staking/tables.hpp"

namespace cambium::chain::slashing {
namespace {

Result<pb::Params> params(const ReadContext& ctx, const pb::ParamsRequest&) {
  return kSlashingParams.get_or_default(ctx, {});
}
Bytes params_key(const pb::ParamsRequest&) { return kSlashingParams.key({}); }

Result<Address> account_of(const std::string& field) {
  if (is_address(field)) return to_address(field);
  return fail(ErrorCode::invalid_input, "operator must be an address such as cbm1...");
}

Result<pb::SigningInfoReply> signing_info(const ReadContext& ctx,
                                          const pb::SigningInfoRequest& request) {
  TRY(const Address account, account_of(request.operator_()));
  const auto validator = staking::kValidators.get(ctx, {account});
  if (!validator) {
    return fail(ErrorCode::not_found, "this account operates no validator; ask \"validators\"");
  }
  const Address consensus = staking::consensus_address(as_bytes(validator->consensus_key()));
  const auto active = staking::kActiveSet.get(ctx, {consensus});
  pb::SigningInfoReply reply;
  reply.set_consensus_address(to_field(consensus));
  if (const auto absence = kAbsences.get(ctx, {consensus})) {
    reply.set_absent_since_height(absence->since_height());
    reply.set_absent_since_ms(absence->since_ms());
  }
  reply.set_censorship_occasions(kOccasions.get_or_default(ctx, {consensus}).count());
  if (!active) return reply;
  const auto seen = attendance(
      ctx, {consensus, active->from_height(),
            staking::kEpoch.get_or_default(ctx, {}).start_height(), ctx.block().height.value + 1});
  reply.set_missed(seen.missed);
  reply.set_blocks(seen.blocks);
  reply.set_epoch_missed(seen.epoch_missed);
  reply.set_uptime_nano(seen.uptime_nano());
  return reply;
}

Result<pb::OffencesReply> offences(const ReadContext& ctx, const pb::OffencesRequest& request) {
  constexpr int kMost = 1'000;
  TRY(const Address account, account_of(request.operator_()));
  pb::OffencesReply reply;
  kOffences.scan(ctx, kOffences.prefix(account), [&](const auto&, const pb::Offence& offence) {
    *reply.add_items() = offence;
    return reply.items_size() < kMost ? ScanStep::next : ScanStep::stop;
  });
  return reply;
}

}  // namespace

std::vector<Query> queries() {
  return {query("params", params, params_key), query("signing_info", signing_info),
          query("offences", offences)};
}

}  // namespace cambium::chain::slashing
