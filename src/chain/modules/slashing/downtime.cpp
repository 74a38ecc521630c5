#include "chain/modules/slashing/slashing.hpp"
#include "chain/modules/slashing/steps.hpp"
#include "chain/modules/staking/active_set.hpp"
#include "chain/modules/staking/tables.hpp"
#include "chain/modules/staking/staking.hpp"

namespace cambium::chain::slashing {
namespace {

struct Missing {
  Address consensus;
  Address account;  // the operator
  pb::Absence absence;
};

std::vector<Missing> all_missing(const ReadContext& ctx) {
  std::vector<Missing> out;
  kAbsences.scan(ctx, kAbsences.prefix(), [&](const auto& key, const pb::Absence& absence) {
    const Address consensus = std::get<0>(key);
    const auto account = staking::operator_of(ctx, consensus);
    if (account) out.push_back({consensus, *account, absence});
    return out.size() < kMaxBlockEndEntries ? ScanStep::next : ScanStep::stop;
  });
  return out;
}

/// Whether the absence still concerns anybody: its validator is expected to sign, or was jailed
/// for it and has neither come back nor been banned for something worse since.
bool goes_on(const ReadContext& ctx, const Missing& missing) {
  if (missing.absence.days_charged() == 0) {
    return staking::kActiveSet.has(ctx, {missing.consensus});
  }
  const auto validator = staking::kValidators.get_or_default(ctx, {missing.account});
  const Address key = staking::consensus_address(as_bytes(validator.consensus_key()));
  const bool banned = validator.jailed_until_ms() > ctx.block().time.value;
  return key == missing.consensus && validator.jailed() && !banned && validator.tokens_ucbm() != 0;
}

bool is_due(const ReadContext& ctx, const pb::Absence& absence) {
  const auto params = kSlashingParams.get_or_default(ctx, {});
  const std::int64_t elapsed = ctx.block().time.value - absence.since_ms();
  const std::uint64_t blocks = ctx.block().height.value - absence.since_height();
  if (absence.days_charged() == 0 && blocks < params.downtime_blocks()) return false;
  return elapsed > params.downtime_ms() * (std::int64_t(absence.days_charged()) + 1);
}

/// Coins that left while the validator was silent pay for the day they left in, not for later ones.
void charge_a_day(Context& ctx, const Missing& missing) {
  auto absence = missing.absence;
  const std::uint64_t from =
      absence.days_charged() == 0 ? absence.since_height() : absence.charged_height();
  punish(ctx, {missing.account, pb::Offence::DOWNTIME, {from}});
  absence.set_days_charged(absence.days_charged() + 1);
  absence.set_charged_height(ctx.block().height.value);
  kAbsences.put(ctx, {missing.consensus}, absence);
}

Bytes judge(Context& ctx, ByteView) {
  bool punished = false;
  for (const Missing& missing : all_missing(ctx)) {
    if (!goes_on(ctx, missing)) {
      kAbsences.erase(ctx, {missing.consensus});
    } else if (is_due(ctx, missing.absence)) {
      charge_a_day(ctx, missing);
      punished = true;
    }
  }
  if (punished) staking::update_active_set(ctx);
  return {};
}

}  // namespace

BlockEndStep downtime_step() {
  return {.name = "slashing.downtime", .run = judge, .privileges = {.may_burn = true}};
}

}  // namespace cambium::chain::slashing
