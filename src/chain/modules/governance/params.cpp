#include "chain/modules/governance/params.hpp"

#include <algorithm>

namespace cambium::chain::governance {
namespace {

constexpr std::int64_t kHourMs = 3'600'000;
constexpr std::uint64_t kPercent = kNano / 100;
constexpr std::uint64_t kPermille = kNano / 1'000;

template <class Value>
void fill(pb::Params& p, Value (pb::Params::*get)() const, void (pb::Params::*set)(Value),
          std::type_identity_t<Value> value) {
  if ((p.*get)() == 0) (p.*set)(value);
}

bool is_share(std::uint64_t nano) { return nano > 0 && nano <= kNano; }
bool is_window(std::int64_t ms) { return ms >= 60'000 && ms <= 90 * kDayMs; }
/// An emergency that could last for ever would not expire by itself.
bool is_short(std::int64_t ms) { return ms >= 60'000 && ms <= 7 * kDayMs; }

}  // namespace

void fill_defaults(pb::Params& p) {
  using P = pb::Params;
  fill(p, &P::deposit_ucbm, &P::set_deposit_ucbm, cbm(500).ucbm);
  fill(p, &P::tier_deposit_ucbm, &P::set_tier_deposit_ucbm, cbm(10).ucbm);
  fill(p, &P::min_deposit_part_ucbm, &P::set_min_deposit_part_ucbm, cbm(1).ucbm);
  fill(p, &P::deposit_window_ms, &P::set_deposit_window_ms, 14 * kDayMs);
  fill(p, &P::stake_window_ms, &P::set_stake_window_ms, 7 * kDayMs);
  fill(p, &P::stake_quorum_nano, &P::set_stake_quorum_nano, 334 * kPermille);
  fill(p, &P::stake_threshold_nano, &P::set_stake_threshold_nano, 50 * kPercent);
  fill(p, &P::upgrade_threshold_nano, &P::set_upgrade_threshold_nano, 667 * kPermille);
  fill(p, &P::veto_nano, &P::set_veto_nano, 334 * kPermille);
  fill(p, &P::tier_window_ms, &P::set_tier_window_ms, 72 * kHourMs);
  fill(p, &P::tier_quorum_nano, &P::set_tier_quorum_nano, 10 * kPercent);
  fill(p, &P::tier_threshold_nano, &P::set_tier_threshold_nano, 50 * kPercent);
  fill(p, &P::emergency_window_ms, &P::set_emergency_window_ms, 24 * kHourMs);
  fill(p, &P::security_lasts_ms, &P::set_security_lasts_ms, 72 * kHourMs);
  fill(p, &P::consensus_lasts_ms, &P::set_consensus_lasts_ms, 24 * kHourMs);
  fill(p, &P::economic_lasts_ms, &P::set_economic_lasts_ms, 48 * kHourMs);
  fill(p, &P::consensus_threshold_nano, &P::set_consensus_threshold_nano, 80 * kPercent);
  fill(p, &P::economic_threshold_nano, &P::set_economic_threshold_nano, 75 * kPercent);
  fill(p, &P::inflow_share_nano, &P::set_inflow_share_nano, 5 * kPermille);
  fill(p, &P::proposer_part_nano, &P::set_proposer_part_nano, 10 * kPercent);
  fill(p, &P::upgrade_notice_blocks, &P::set_upgrade_notice_blocks, 10);
  fill(p, &P::action_gas_limit, &P::set_action_gas_limit, 50'000'000);
  fill(p, &P::emergency_mint_cap_nano, &P::set_emergency_mint_cap_nano, kPercent);
}

std::optional<std::string> why_not(const pb::Params&, const pb::Params& p) {
  for (const auto window : {p.deposit_window_ms(), p.stake_window_ms(), p.tier_window_ms(),
                            p.emergency_window_ms()}) {
    if (!is_window(window)) return "a window must last from one minute to 90 days";
  }
  for (const auto lasts : {p.security_lasts_ms(), p.consensus_lasts_ms(), p.economic_lasts_ms()}) {
    if (!is_short(lasts)) return "an emergency act must last from one minute to 7 days";
  }
  for (const auto share : {p.stake_quorum_nano(), p.tier_quorum_nano(), p.veto_nano()}) {
    if (!is_share(share)) return "a quorum or veto must be above 0 and at most 1000000000";
  }
  for (const auto bar : {p.stake_threshold_nano(), p.tier_threshold_nano(),
                         p.upgrade_threshold_nano()}) {
    if (bar < kNano / 2 || bar >= kNano) return "a threshold must be at least half and below all";
  }
  if (p.upgrade_threshold_nano() < p.stake_threshold_nano()) {
    return "an upgrade may not need less than any other proposal";
  }
  for (const auto bar : {p.consensus_threshold_nano(), p.economic_threshold_nano()}) {
    if (bar * 3 < 2 * kNano || bar > kNano) return "an emergency needs two thirds at least";
  }
  if (p.min_deposit_part_ucbm() > p.deposit_ucbm() || p.deposit_ucbm() == 0) {
    return "a deposit must be above 0 and at least one part";
  }
  if (p.inflow_share_nano() > kNano / 10) return "voters may not take a tenth of the treasury";
  if (p.proposer_part_nano() > kNano) return "the proposer's part is a part";
  if (p.upgrade_notice_blocks() == 0) return "an upgrade needs at least one block's notice";
  if (p.action_gas_limit() < 1'000'000) return "actions need at least 1000000 gas";
  if (p.emergency_mint_cap_nano() > kNano / 20) return "one emergency may mint 5 % at most";
  return std::nullopt;
}

TrackRules rules_of(const pb::Params& p, pb::Track track) {
  TrackRules rules;
  switch (track) {
    case pb::TRACK_TIER:
      return {p.tier_deposit_ucbm(), p.tier_window_ms(), p.tier_quorum_nano(),
              p.tier_threshold_nano(), 0, 0};
    case pb::TRACK_SECURITY: rules.lasts_ms = p.security_lasts_ms(); break;
    case pb::TRACK_CONSENSUS: rules.lasts_ms = p.consensus_lasts_ms(); break;
    case pb::TRACK_ECONOMIC: rules.lasts_ms = p.economic_lasts_ms(); break;
    default:
      return {p.deposit_ucbm(), p.stake_window_ms(), p.stake_quorum_nano(),
              p.stake_threshold_nano(), p.veto_nano(), 0};
  }
  rules.window_ms = p.emergency_window_ms();
  return rules;
}

std::uint32_t required_votes(const pb::Params& p, pb::Track track, std::size_t validators) {
  const auto ceil_of = [&](u128 numerator, u128 denominator) {
    return static_cast<std::uint32_t>((numerator * validators + denominator - 1) / denominator);
  };
  std::uint32_t needed = ceil_of(2, 3);
  if (track == pb::TRACK_CONSENSUS) needed = ceil_of(p.consensus_threshold_nano(), kNano);
  if (track == pb::TRACK_ECONOMIC) needed = ceil_of(p.economic_threshold_nano(), kNano);
  return std::max(needed, 1u);
}

}  // namespace cambium::chain::governance
