#include "engine/cometbft/process/vote_log.hpp"

#include <gtest/gtest.h>
#include <tendermint/types/types.pb.h>

#include <filesystem>
#include <fstream>

#include "chain/modules/slashing/proposal.hpp"
#include "chain/pipeline.hpp"
#include "crypto/merkle.hpp"
#include "crypto/sha256.hpp"
#include "engine/cometbft/light/verify.hpp"

namespace cambium::engine {
namespace {

namespace pb = tendermint::types;
namespace fs = std::filesystem;

std::string field(int number, const std::string& bytes) {
  std::string size;
  for (std::size_t left = bytes.size();; left >>= 7) {
    size.push_back(static_cast<char>(left > 127 ? (left & 127) | 128 : left));
    if (left <= 127) break;
  }
  return std::string(1, static_cast<char>(number << 3 | 2)) + size + bytes;
}

/// A folder with a log as CometBFT writes it, of one block in two parts.
class VoteLog : public ::testing::Test {
 protected:
  VoteLog() : folder_(fs::path(::testing::TempDir()) / "vote_log_test") {
    fs::remove_all(folder_);
    fs::create_directories(folder_);
    header_.set_chain_id("test");
    header_.set_height(7);
    header_.set_proposer_address(std::string(20, 'p'));
    std::vector<Hash> leaves;
    for (const char* tx : {"votes", "a payment", "garbage"}) {
      data_.add_txs(tx);
      leaves.push_back(crypto::merkle_leaf(crypto::sha256(as_bytes(std::string_view(tx)))));
    }
    header_.set_data_hash(to_string(crypto::merkle_root(leaves)));
    proposal_.set_height(7);
    proposal_.set_round(2);
    proposal_.set_pol_round(-1);
    proposal_.mutable_block_id()->set_hash(to_string(header_hash(header_)));
    proposal_.mutable_block_id()->mutable_part_set_header()->set_total(2);
    proposal_.set_signature("signed");
  }
  ~VoteLog() override { fs::remove_all(folder_); }

  void write(const char* file, const std::string& heard) const {
    const std::string record = field(2, field(2, field(1, heard)));
    std::ofstream out(folder_ / file, std::ios::binary | std::ios::app);
    out << std::string("crc?", 4) << std::string(3, '\0') << static_cast<char>(record.size())
        << record;
  }
  void write_proposal(const char* file) const {
    write(file, field(3, field(1, proposal_.SerializeAsString())));
  }
  void write_part(const char* file, std::uint32_t index) const {
    const std::string block = field(1, header_.SerializeAsString()) +
                              field(2, data_.SerializeAsString());
    pb::Part part;
    part.set_index(index);
    part.set_bytes(index == 0 ? block.substr(0, 40) : block.substr(40));
    write(file, field(5, std::string("\x08\x07\x10\x02") + field(3, part.SerializeAsString())));
  }
  Result<HeardProposal> find(const char* tx) const {
    return find_proposal(folder_, chain::tx_id(as_bytes(std::string_view(tx))));
  }

  fs::path folder_;
  pb::Header header_;
  pb::Data data_;
  pb::Proposal proposal_;
};

// B/CONS-05: whoever runs a validator can show what another proposed.
TEST_F(VoteLog, HoldsTheEvidenceOfARefusedBlock) {
  write_part("wal.000", 1);
  write_proposal("wal.000");
  write_part("wal", 0);
  const auto found = find("garbage");
  ASSERT_TRUE(found) << found.error().message;
  const auto& report = found->report;
  EXPECT_EQ(to_string(found->proposer), std::string(20, 'p'));
  EXPECT_EQ(report.proposal().pol_round(), -1);
  EXPECT_EQ(report.signature(), "signed");
  EXPECT_EQ(to_string(chain::slashing::block_hash(report.header_fields())),
            report.proposal().block_hash());
  const auto root = chain::slashing::data_hash(report.header_fields());
  ASSERT_TRUE(root);
  std::vector<Hash> path;
  for (const auto& step : report.path()) path.push_back(*Hash::from(as_bytes(step)));
  const Hash leaf = crypto::merkle_leaf(crypto::sha256(as_bytes(report.transaction())));
  EXPECT_TRUE(crypto::merkle_verify(*root, leaf, {report.index(), report.count()}, path));
}

TEST_F(VoteLog, SaysWhenAProposalOrAPartWasNotHeard) {
  EXPECT_FALSE(find("garbage"));
  write_part("wal", 0);
  write_part("wal", 1);
  EXPECT_FALSE(find("garbage")) << "nobody signed it";
  write_proposal("wal");
  EXPECT_TRUE(find("garbage"));
  EXPECT_FALSE(find("another")) << "the block does not hold it";
}

TEST_F(VoteLog, MayEndInTheMiddleOfARecord) {
  write_proposal("wal");
  write_part("wal", 0);
  write_part("wal", 1);
  fs::resize_file(folder_ / "wal", fs::file_size(folder_ / "wal") - 3);
  EXPECT_EQ(find("garbage").error().code, ErrorCode::not_found);
}

}  // namespace
}  // namespace cambium::engine
