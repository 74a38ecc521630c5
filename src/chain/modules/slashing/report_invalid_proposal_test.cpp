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

std::string times(char c, std::size_t count) { return to_hex(as_bytes(std::string(count, c))); }

/// Made with CometBFT v0.40.0's own types.ProposalSignBytes.
TEST(Engine, SignsTheseBytesOfAProposal) {
  pb::Proposal proposal;
  proposal.set_height(5);
  proposal.set_round(2);
  proposal.set_pol_round(-1);
  proposal.set_block_hash(std::string(32, 'h'));
  proposal.set_parts(1);
  proposal.set_parts_hash(std::string(32, 'p'));
  proposal.set_time_s(1'700'000'123);
  proposal.set_time_ns(456'789);
  EXPECT_EQ(to_hex(proposal_sign_bytes(proposal, "test-1")),
            "7d0820110500000000000000190200000000000000"
            "20ffffffffffffffffff012a480a20" + times('h', 32) + "1224080112" + "20" +
            times('p', 32) + "320a08fbe2cfaa0610d5f01b3a06746573742d31");
}

/// Made with CometBFT v0.40.0's own Header.Hash and Txs.Proof: transactions "one", "two", "three".
TEST(Engine, HashesHeadersAndTransactionsLikeThis) {
  const std::string data = "20f4ee52d1e1a101805861876569a852e8f5dfeed221da87aea446788a12f4c8";
  google::protobuf::RepeatedPtrField<std::string> fields;
  for (const std::string& hex :
       {std::string("080b"), std::string("0a06746573742d31"), std::string("0805"),
        std::string("08fbe2cfaa06"), std::string("1200"), "0a20" + times('l', 32), "0a20" + data,
        "0a20" + times('v', 32), "0a20" + times('n', 32), "0a20" + times('c', 32),
        "0a20" + times('a', 32), "0a20" + times('r', 32), "0a20" + times('e', 32),
        "0a14" + times('q', 20)}) {
    *fields.Add() = to_string(*from_hex(hex));
  }
  EXPECT_EQ(to_hex(block_hash(fields)),
            "55f8c7f1d7bf2b79472e9f0a13f1064988806d67e552de6bc2dddb32d2c693ac");
  EXPECT_EQ(to_hex(*data_hash(fields)), data);
  std::vector<Hash> path;
  for (const char* aunt : {"cdeb86873bf2962b8e99b3d0186a349b0d56b0dbd1d1c8bb81035d07b2e9e6a5",
                           "560602d75420e9d9403865098a5fcd47969ad26c50513b977e3f5e1db6e3454d"}) {
    path.push_back(*Hash::from(*from_hex(aunt)));
  }
  const Hash leaf = crypto::merkle_leaf(crypto::sha256(as_bytes("two")));
  EXPECT_TRUE(crypto::merkle_verify(*data_hash(fields), leaf, {1, 3}, path));
  fields.RemoveLast();
  EXPECT_FALSE(data_hash(fields));
}

}  // namespace
}  // namespace cambium::chain::slashing
