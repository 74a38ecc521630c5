#include <gtest/gtest.h>

#include "chain/modules/slashing/proposal.hpp"
#include "chain/modules/testing/stake_story.hpp"
#include "crypto/merkle.hpp"
#include "crypto/sha256.hpp"

namespace cambium::chain::slashing {
namespace {

using namespace testing;

/// A block of a proposer, as an engine would hash it.
class InvalidProposal : public ::testing::Test, protected StakeStory {
 protected:
  pb::ReportInvalidProposal evidence(const std::vector<Bytes>& txs, std::size_t index) {
    std::vector<Hash> leaves;
    for (const auto& tx : txs) leaves.push_back(crypto::merkle_leaf(crypto::sha256(tx)));
    pb::ReportInvalidProposal out;
    for (int i = 0; i < 14; ++i) out.add_header_fields("field " + std::to_string(i));
    Bytes data = {0x0a, 32};
    append(data, crypto::merkle_root(leaves));
    out.set_header_fields(6, to_string(data));
    out.set_transaction(to_string(txs[index]));
    out.set_index(index);
    out.set_count(txs.size());
    for (const Hash& hash : crypto::merkle_path(leaves, index)) {
      out.add_path(to_string(hash.view()));
    }
    auto& proposal = *out.mutable_proposal();
    proposal.set_height(w.height().value);
    proposal.set_pol_round(-1);
    proposal.set_block_hash(to_string(block_hash(out.header_fields()).view()));
    proposal.set_parts(1);
    proposal.set_parts_hash(std::string(32, 'p'));
    proposal.set_time_s(w.info().time.value / 1'000);
    return sign(out);
  }
  pb::ReportInvalidProposal sign(pb::ReportInvalidProposal out, const char* name = "vera") {
    const Actor key = consensus_key(name);
    out.set_consensus_key(to_string(key.key->public_key().bytes));
    out.set_signature(to_string(key.key->sign(proposal_sign_bytes(out.proposal(), "test-1"))));
    return out;
  }
  Bytes good() { return w.bytes(send(dora, erin, 1)); }
  Bytes bad() { return to_bytes(as_bytes("no transaction at all")); }
  void report(const pb::ReportInvalidProposal& msg, Expect expect = {}) {
    w(step(erin, msg).fee(500'000, 20'000'000), expect);
  }
};

TEST_F(InvalidProposal, CostsFivePercentAndSevenDays_B_CONS_05) {
  const auto shown = evidence({good(), bad(), good()}, 1);
  report(shown);
  EXPECT_EQ(stake(vera, vera), cbm(95'000).ucbm);
  EXPECT_FALSE(active(vera));
  report(shown, fails(evidence_known));
  w.advance(6 * kDay);
  w(unjail(vera), fails(ban_not_over));
  w.advance(kDay);
  w(unjail(vera));  // the key was not broken
}

TEST_F(InvalidProposal, ASignatureThatFailsIsMalformedToo_B_CONS_05) {
  Bytes forged = good();
  forged.back() ^= 1;
  report(evidence({good(), forged}, 1));
  EXPECT_EQ(stake(vera, vera), cbm(95'000).ucbm);
}

TEST_F(InvalidProposal, OnlyTheMalformedBandCounts_B_CONS_05) {
  const Bytes poor = w.bytes(send(dora, erin, cbm(9'000'000).ucbm));
  report(evidence({good(), poor}, 1), fails(proposal_not_malformed));
  report(evidence({bad(), good()}, 0), fails(field_out_of_range));
  EXPECT_EQ(stake(vera, vera), cbm(100'000).ucbm);
}

TEST_F(InvalidProposal, RefusesInThisOrder) {
  const auto shown = evidence({good(), bad()}, 1);
  auto wrong = shown;
  wrong.set_consensus_key("short");
  report(wrong, fails(bad_hash));
  wrong = shown;
  wrong.set_signature("short");
  report(wrong, fails(field_out_of_range));
  report(sign(shown, "nobody"), fails(validator_not_found));
  wrong = shown;
  wrong.mutable_proposal()->set_round(1);
  report(wrong, fails(proposal_not_signed));
  wrong = shown;
  wrong.set_header_fields(0, "another");
  report(wrong, fails(bad_proof));
  wrong = shown;
  wrong.set_transaction("another");
  report(wrong, fails(bad_proof));
  w.advance(22 * kDay);
  report(shown, fails(evidence_too_old));
}

TEST(ProposalSignBytes, AreTheEnginesCanonicalForm) {
  // Written down by hand from the canonical definition: type 32, height 5, round 2, pol -1.
  pb::Proposal proposal;
  proposal.set_height(5);
  proposal.set_round(2);
  proposal.set_pol_round(-1);
  proposal.set_block_hash(std::string(32, 'h'));
  proposal.set_parts(1);
  proposal.set_parts_hash(std::string(32, 'p'));
  proposal.set_time_s(1);
  std::string hashes_h, hashes_p;
  for (int i = 0; i < 32; ++i) hashes_h += "68", hashes_p += "70";
  EXPECT_EQ(to_hex(proposal_sign_bytes(proposal, "c")),
            "70" "0820" "110500000000000000" "190200000000000000" "20ffffffffffffffffff01"
            "2a48" "0a20" + hashes_h + "1224" "0801" "1220" + hashes_p +
            "3202" "0801" "3a0163");
}

}  // namespace
}  // namespace cambium::chain::slashing
