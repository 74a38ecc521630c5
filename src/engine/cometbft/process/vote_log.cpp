#include "engine/cometbft/process/vote_log.hpp"

#include <fmt/format.h>
#include <google/protobuf/io/coded_stream.h>
#include <google/protobuf/wire_format_lite.h>
#include <tendermint/types/types.pb.h>

#include <algorithm>
#include <fstream>
#include <functional>
#include <map>
#include <optional>

#include "chain/pipeline.hpp"
#include "crypto/merkle.hpp"
#include "crypto/sha256.hpp"
#include "engine/cometbft/light/verify.hpp"

namespace cambium::engine {
namespace {

namespace pb = tendermint::types;
namespace fs = std::filesystem;
using google::protobuf::internal::WireFormatLite;

constexpr std::uint32_t kMostRecordBytes = 4u << 20;  // CometBFT's bound is below
constexpr std::int64_t kKeptHeights = 2;  // parts of blocks that far back may still come

// We compile no definition of CometBFT's log, so it is read field by field.
using Visit = std::function<bool(int number, WireFormatLite::WireType kind,
                                 google::protobuf::io::CodedInputStream& in)>;

/// `visit` reads a value and says so, or leaves it.
void each_field(const std::string& message, const Visit& visit) {
  google::protobuf::io::CodedInputStream in(
      reinterpret_cast<const std::uint8_t*>(message.data()), static_cast<int>(message.size()));
  while (const std::uint32_t tag = in.ReadTag()) {
    const int number = WireFormatLite::GetTagFieldNumber(tag);
    if (visit(number, WireFormatLite::GetTagWireType(tag), in)) continue;
    if (!WireFormatLite::SkipField(&in, tag)) return;
  }
}

std::optional<std::string> inside(const std::string& message, int wanted) {
  std::optional<std::string> out;
  each_field(message, [&](int number, auto kind, auto& in) {
    if (number != wanted || kind != WireFormatLite::WIRETYPE_LENGTH_DELIMITED) return false;
    return WireFormatLite::ReadBytes(&in, &out.emplace());
  });
  return out;
}

/// Zero when it is not there.
std::int64_t number_in(const std::string& message, int wanted) {
  std::uint64_t out = 0;
  each_field(message, [&](int number, auto kind, auto& in) {
    if (number != wanted || kind != WireFormatLite::WIRETYPE_VARINT) return false;
    return in.ReadVarint64(&out);
  });
  return static_cast<std::int64_t>(out);
}

/// The same for a path of numbers.
std::optional<std::string> inside(std::string message, std::initializer_list<int> numbers) {
  for (const int number : numbers) {
    auto next = inside(message, number);
    if (!next) return std::nullopt;
    message = std::move(*next);
  }
  return message;
}

/// Oldest first: wal.000, wal.001, ..., and what is being written to last.
std::vector<fs::path> files_of(const fs::path& folder) {
  std::vector<fs::path> out;
  std::error_code error;
  for (const auto& entry : fs::directory_iterator(folder, error)) {
    if (entry.path().stem() == "wal") out.push_back(entry.path());
  }
  std::ranges::sort(out, {}, [](const fs::path& file) {
    return std::pair(!file.has_extension(), file.filename().string());
  });
  return out;
}

/// A checksum, a length, that many bytes. Nothing at the end, which may be half written.
std::optional<std::string> next_record(std::istream& in) {
  unsigned char head[8];
  if (!in.read(reinterpret_cast<char*>(head), sizeof head)) return std::nullopt;
  std::uint32_t size = 0;
  for (int i = 4; i < 8; ++i) size = size << 8 | head[i];
  if (size > kMostRecordBytes) return std::nullopt;
  std::string out(size, '\0');
  if (!in.read(out.data(), size)) return std::nullopt;
  return out;
}

struct Heard {
  std::optional<pb::Proposal> proposal;
  std::map<std::uint32_t, std::string> parts;

  bool whole() const {
    return proposal && parts.size() == proposal->block_id().part_set_header().total();
  }
  std::string block() const {
    std::string out;
    for (const auto& [index, bytes] : parts) out += bytes;
    return out;
  }
};

void put_proposal(const pb::Proposal& from, cambium::slashing::v1::ReportInvalidProposal& out) {
  auto& to = *out.mutable_proposal();
  to.set_height(static_cast<std::uint64_t>(from.height()));
  to.set_round(static_cast<std::uint32_t>(from.round()));
  to.set_pol_round(from.pol_round());
  to.set_block_hash(from.block_id().hash());
  to.set_parts(from.block_id().part_set_header().total());
  to.set_parts_hash(from.block_id().part_set_header().hash());
  to.set_time_s(from.timestamp().seconds());
  to.set_time_ns(static_cast<std::uint32_t>(from.timestamp().nanos()));
  out.set_signature(from.signature());
}

/// Nothing when that block does not hold it.
std::optional<HeardProposal> evidence_in(const Heard& heard, const TxId& transaction) {
  const std::string block = heard.block();
  pb::Header header;
  pb::Data data;
  if (!header.ParseFromString(inside(block, 1).value_or("")) ||
      !data.ParseFromString(inside(block, 2).value_or(""))) {
    return std::nullopt;
  }
  const auto found = std::ranges::find_if(data.txs(), [&](const std::string& tx) {
    return chain::tx_id(as_bytes(tx)) == transaction;
  });
  if (found == data.txs().end()) return std::nullopt;
  const auto index = static_cast<std::size_t>(found - data.txs().begin());
  HeardProposal out;
  out.proposer = crypto::Address::from(as_bytes(header.proposer_address())).value_or(
      crypto::Address{});
  put_proposal(*heard.proposal, out.report);
  for (auto& field : header_fields(header)) out.report.add_header_fields(std::move(field));
  out.report.set_transaction(*found);
  out.report.set_index(index);
  out.report.set_count(static_cast<std::uint64_t>(data.txs_size()));
  std::vector<Hash> leaves;
  for (const auto& tx : data.txs()) {
    leaves.push_back(crypto::merkle_leaf(crypto::sha256(as_bytes(tx))));
  }
  for (const auto& step : crypto::merkle_path(leaves, index)) {
    out.report.add_path(to_string(step));
  }
  return out;
}

/// Blocks whose parts come one by one.
class Blocks {
 public:
  /// What a record adds; the block when it is whole now.
  const Heard* add(const std::string& record) {
    const auto message = inside(record, {2, 2, 1});  // what was logged, what was said, by a peer
    if (!message) return nullptr;
    pb::Proposal proposal;
    if (const auto said = inside(*message, {3, 1})) {
      return proposal.ParseFromString(*said) ? add(proposal) : nullptr;
    }
    const auto said = inside(*message, 5);
    pb::Part part;
    if (!said || !part.ParseFromString(inside(*said, 3).value_or(""))) return nullptr;
    Heard& heard = at({number_in(*said, 1), number_in(*said, 2)});
    heard.parts[part.index()] = part.bytes();
    return heard.whole() ? &heard : nullptr;
  }

 private:
  using Key = std::pair<std::int64_t, std::int64_t>;  // height, round

  const Heard* add(const pb::Proposal& proposal) {
    Heard& heard = at({proposal.height(), proposal.round()});
    heard.proposal = proposal;
    return heard.whole() ? &heard : nullptr;
  }
  Heard& at(Key key) {
    blocks_.erase(blocks_.begin(), blocks_.lower_bound({key.first - kKeptHeights, 0}));
    return blocks_[key];
  }
  std::map<Key, Heard> blocks_;
};

}  // namespace

Result<HeardProposal> find_proposal(const fs::path& log_folder, const TxId& transaction) {
  Blocks blocks;
  for (const auto& file : files_of(log_folder)) {
    std::ifstream in(file, std::ios::binary);
    while (const auto record = next_record(in)) {
      const Heard* whole = blocks.add(*record);
      if (whole == nullptr) continue;
      if (auto found = evidence_in(*whole, transaction)) return std::move(*found);
    }
  }
  return fail(ErrorCode::not_found,
              fmt::format("CometBFT's log in {} has no proposal with transaction {}. It is written "
                          "with some seconds of delay and holds the newest GiB; ask on another "
                          "validator's machine.", log_folder.string(), transaction.hex()));
}

}  // namespace cambium::engine
