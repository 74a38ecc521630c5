// The economy's tables, row by row: what a new chain starts with when its genesis says nothing.
// That each row also acts is shown by its module's tests.
#include <gtest/gtest.h>

#include "base/amount.hpp"
#include "chain/modules/governance/params.hpp"
#include "chain/modules/slashing/slashing.hpp"
#include "chain/modules/staking/genesis.hpp"
#include "chain/modules/treasury/params.hpp"

namespace cambium::chain {
namespace {

constexpr std::int64_t kHourMs = 3'600'000;
constexpr std::int64_t kDayMs = 24 * kHourMs;
constexpr std::uint64_t kPermille = kNano / 1000;

using Kind = slashing::pb::Offence;

struct PenaltyRow {
  Kind::Kind kind;
  std::uint64_t permille;
  std::int64_t ban_days;
};

class PenaltyTable : public testing::TestWithParam<PenaltyRow> {};

TEST_P(PenaltyTable, Row_B_CONS_05_H_CS_03) {
  slashing::pb::Params params;
  slashing::fill_defaults(params);
  const auto penalty = slashing::penalty_of(params, GetParam().kind);
  EXPECT_EQ(penalty.fraction.nano, GetParam().permille * kPermille);
  EXPECT_EQ(penalty.ban_ms, GetParam().ban_days * kDayMs);
}
INSTANTIATE_TEST_SUITE_P(Economy, PenaltyTable,
                         testing::Values(PenaltyRow{Kind::DOUBLE_SIGN, 100, 30},
                                         PenaltyRow{Kind::DOWNTIME, 1, 0},
                                         PenaltyRow{Kind::INVALID_PROPOSAL, 50, 7},
                                         PenaltyRow{Kind::CENSORSHIP, 200, 90}));

TEST(PenaltyTable, WhenEvidenceCounts_B_CONS_05) {
  slashing::pb::Params params;
  slashing::fill_defaults(params);
  EXPECT_EQ(params.downtime_ms(), kDayMs) << "acts after 24 h";
  EXPECT_EQ(params.censorship_occasions(), 20u);
  EXPECT_EQ(params.censorship_blocks(), 3u);
  EXPECT_EQ(params.evidence_age_ms(), 21 * kDayMs);
}

TEST(StakeTable, LevelsLockAndUnbonding_T_SE_02_T_SE_04) {
  staking::pb::Params params;
  staking::fill_defaults(params);
  EXPECT_EQ(params.entry_ucbm(), cbm(10'000).ucbm);
  EXPECT_EQ(params.validator_ucbm(), cbm(100'000).ucbm);
  EXPECT_EQ(params.supernode_ucbm(), cbm(1'000'000).ucbm);
  EXPECT_EQ(params.lock_ms(), 30 * kDayMs);
  EXPECT_EQ(params.unbonding_ms(), 21 * kDayMs);
  EXPECT_EQ(params.epoch_reward_ucbm(), cbm(1'000).ucbm) << "B/CONS-03";
  EXPECT_EQ(params.yield_nano(), 80 * kPermille) << "V/EC-01";
}

TEST(VoteTable, StakeDecidesParametersTreasuryAndUpgrades_H_GO_01) {
  governance::pb::Params params;
  governance::fill_defaults(params);
  EXPECT_EQ(params.stake_window_ms(), 7 * kDayMs);
  EXPECT_EQ(params.stake_quorum_nano(), 334 * kPermille);
  EXPECT_EQ(params.stake_threshold_nano(), 500 * kPermille);
  EXPECT_EQ(params.upgrade_threshold_nano(), 667 * kPermille);
  EXPECT_EQ(params.veto_nano(), 334 * kPermille);
  EXPECT_EQ(params.inflow_share_nano(), 5 * kPermille) << "of the treasury's yearly inflow";
}

TEST(VoteTable, TiersDecideAuditsPolicyAndSeats_O_GV_01) {
  governance::pb::Params params;
  governance::fill_defaults(params);
  EXPECT_EQ(params.tier_window_ms(), 72 * kHourMs);
  EXPECT_EQ(params.tier_quorum_nano(), 100 * kPermille);
  EXPECT_EQ(params.tier_threshold_nano(), 500 * kPermille);
}

TEST(VoteTable, ValidatorsDecideEmergencies_B_CONS_06) {
  governance::pb::Params params;
  governance::fill_defaults(params);
  EXPECT_EQ(params.emergency_window_ms(), 24 * kHourMs);
  EXPECT_EQ(params.security_lasts_ms(), 72 * kHourMs);
  EXPECT_EQ(params.consensus_lasts_ms(), 24 * kHourMs);
  EXPECT_EQ(params.economic_lasts_ms(), 48 * kHourMs);
  EXPECT_EQ(params.consensus_threshold_nano(), 800 * kPermille);
  EXPECT_EQ(params.economic_threshold_nano(), 750 * kPermille);
}

TEST(VoteTable, ArbitratorsAreDrawnFromTierThree_H_GO_02) {
  treasury::pb::Params params;
  treasury::fill_defaults(params);
  EXPECT_GE(params.panel_size(), 3u);
  EXPECT_LE(params.panel_size(), 7u);
  EXPECT_EQ(params.min_tier3(), 9u) << "below it validators arbitrate";
}

}  // namespace
}  // namespace cambium::chain
