#include <algorithm>

#include "chain/modules/slashing/slashing.hpp"
#include "chain/modules/staking/slash.hpp"

namespace cambium::chain::slashing {
namespace {

constexpr std::int64_t kDayMs = 24LL * 3'600'000;
constexpr std::uint64_t kPercent = kNano / 100;

std::string reason_of(pb::Offence::Kind kind) {
  switch (kind) {
    case pb::Offence::DOUBLE_SIGN: return "double sign";
    case pb::Offence::DOWNTIME: return "downtime";
    case pb::Offence::INVALID_PROPOSAL: return "invalid proposal";
    case pb::Offence::CENSORSHIP: return "censorship";
    default: return "unknown";
  }
}

}  // namespace

void fill_defaults(pb::Params& p) {
  if (p.double_sign_nano() == 0) p.set_double_sign_nano(10 * kPercent);
  if (p.double_sign_ban_ms() == 0) p.set_double_sign_ban_ms(30 * kDayMs);
  if (p.downtime_nano() == 0) p.set_downtime_nano(kPercent / 10);
  if (p.downtime_ms() == 0) p.set_downtime_ms(kDayMs);
  if (p.downtime_blocks() == 0) p.set_downtime_blocks(100);
  if (p.invalid_proposal_nano() == 0) p.set_invalid_proposal_nano(5 * kPercent);
  if (p.invalid_proposal_ban_ms() == 0) p.set_invalid_proposal_ban_ms(7 * kDayMs);
  if (p.censorship_nano() == 0) p.set_censorship_nano(20 * kPercent);
  if (p.censorship_ban_ms() == 0) p.set_censorship_ban_ms(90 * kDayMs);
  if (p.censorship_occasions() == 0) p.set_censorship_occasions(20);
  if (p.censorship_blocks() == 0) p.set_censorship_blocks(3);
  if (p.evidence_age_ms() == 0) p.set_evidence_age_ms(21 * kDayMs);
}

std::optional<std::string> why_not(const pb::Params&, const pb::Params& p) {
  const auto fractions = {p.double_sign_nano(), p.downtime_nano(), p.invalid_proposal_nano(),
                          p.censorship_nano()};
  if (std::ranges::max(fractions) > kNano / 2) return "no offence may cost more than half";
  const auto bans = {p.double_sign_ban_ms(), p.invalid_proposal_ban_ms(), p.censorship_ban_ms()};
  if (std::ranges::min(bans) < 0 || std::ranges::max(bans) > 3650 * kDayMs) {
    return "a ban lasts 0 to 10 years";
  }
  if (p.downtime_ms() < 3'600'000) return "downtime_ms below one hour would punish a restart";
  if (p.censorship_occasions() == 0 || p.censorship_blocks() == 0) {
    return "censorship needs at least one occasion of at least one block";
  }
  if (p.evidence_age_ms() < kDayMs || p.evidence_age_ms() > 60 * kDayMs) {
    return "evidence_age_ms must be 1 to 60 days";
  }
  return std::nullopt;
}

Penalty penalty_of(const pb::Params& p, pb::Offence::Kind kind) {
  switch (kind) {
    case pb::Offence::DOUBLE_SIGN: return {{p.double_sign_nano()}, p.double_sign_ban_ms()};
    case pb::Offence::DOWNTIME: return {{p.downtime_nano()}, 0};
    case pb::Offence::INVALID_PROPOSAL:
      return {{p.invalid_proposal_nano()}, p.invalid_proposal_ban_ms()};
    case pb::Offence::CENSORSHIP: return {{p.censorship_nano()}, p.censorship_ban_ms()};
    default: return {};
  }
}

bool too_old(const ReadContext& ctx, TimeMs infraction) {
  const auto age = kSlashingParams.get_or_default(ctx, {}).evidence_age_ms();
  return ctx.block().time.value > infraction.value + age;
}

void punish(Context& ctx, const Verdict& verdict) {
  const auto penalty = penalty_of(kSlashingParams.get_or_default(ctx, {}), verdict.kind);
  const std::int64_t now = ctx.block().time.value;
  const Height infraction{std::min(verdict.infraction.value, ctx.block().height.value)};
  const auto number = staking::kValidators.get_or_default(ctx, {verdict.validator}).slashes();
  const Amount burnt = staking::slash(
      ctx, {verdict.validator, infraction, penalty.fraction, reason_of(verdict.kind)});
  staking::jail(ctx, verdict.validator, {now + penalty.ban_ms});
  pb::Offence offence;
  offence.set_kind(verdict.kind);
  offence.set_infraction_height(infraction.value);
  offence.set_time_ms(now);
  offence.set_burnt_ucbm(burnt.ucbm);
  kOffences.put(ctx, {verdict.validator, number}, offence);
  ctx.emit("slashing.punished", {{"validator", verdict.validator.text()},
                                 {"offence", reason_of(verdict.kind)},
                                 {"infraction_height", std::to_string(infraction.value)},
                                 {"burnt_ucbm", std::to_string(burnt.ucbm)},
                                 {"ban_ms", std::to_string(penalty.ban_ms)}});
}

}  // namespace cambium::chain::slashing
