#include "engine/cometbft/votes/carried.hpp"

#include <google/protobuf/io/coded_stream.h>
#include <google/protobuf/io/zero_copy_stream_impl_lite.h>

#include <map>

#include "base/amount.hpp"
#include "chain/convert.hpp"
#include "crypto/beacon_scheme.hpp"
#include "schema/canonical.hpp"
#include "tendermint/types/canonical.pb.h"

namespace cambium::engine {
namespace {

bool ascends(const std::string& prefixes) {
  for (std::size_t i = kTxPrefix; i < prefixes.size(); i += kTxPrefix) {
    if (prefixes.compare(i - kTxPrefix, kTxPrefix, prefixes, i, kTxPrefix) >= 0) return false;
  }
  return true;
}

bool names_left_out(const v1::VoteExtension& extension) {
  const std::size_t size = extension.left_out().size();
  if (size == 0 && extension.proposer().empty()) return true;
  return size % kTxPrefix == 0 && size <= kMaxLeftOut * kTxPrefix &&
         chain::is_address(extension.proposer()) && ascends(extension.left_out());
}

Hash padded(const std::string& prefix) {
  Hash out;
  std::copy(prefix.begin(), prefix.end(), out.data.begin());
  return out;
}

}  // namespace

std::optional<v1::VoteExtension> decode_extension(ByteView bytes, std::size_t signature_bytes) {
  auto extension = schema::decode_as<v1::VoteExtension>(bytes);
  if (!extension || !names_left_out(*extension)) return std::nullopt;
  const std::size_t size = extension->partials().size();
  if (size % signature_bytes != 0 || size > signature_bytes * crypto::kBeaconShares) {
    return std::nullopt;
  }
  return std::move(*extension);
}

std::optional<v1::CarriedVotes> decode_carried(ByteView first_tx) {
  auto carried = schema::decode_as<v1::CarriedVotes>(first_tx);
  if (!carried) return std::nullopt;
  for (int i = 1; i < carried->votes_size(); ++i) {
    if (carried->votes(i - 1).position() >= carried->votes(i).position()) return std::nullopt;
  }
  return std::move(*carried);
}

Bytes extension_sign_bytes(const SignedExtension& of) {
  tendermint::types::CanonicalVoteExtension canonical;
  canonical.set_extension(to_string(of.extension));
  canonical.set_height(static_cast<std::int64_t>(of.height.value));
  canonical.set_round(static_cast<std::int64_t>(of.round));
  canonical.set_chain_id(std::string(of.chain_id));
  std::string out;
  {
    google::protobuf::io::StringOutputStream stream(&out);
    google::protobuf::io::CodedOutputStream coded(&stream);
    coded.WriteVarint32(static_cast<std::uint32_t>(canonical.ByteSizeLong()));
    canonical.SerializeToCodedStream(&coded);
  }
  return to_bytes(as_bytes(out));
}

chain::InclusionFacts left_out_of(const v1::CarriedVotes& carried,
                                  std::span<const chain::BlockVote> commit) {
  std::uint64_t total = 0;
  for (const auto& vote : commit) total += vote.power;
  const auto most = [&](std::uint64_t power) { return u128(power) * 3 >= u128(total) * 2; };
  std::map<std::string, std::uint64_t> proposers;  // by the power that names them
  std::map<std::string, std::uint64_t> prefixes;
  for (const auto& vote : carried.votes()) {
    if (vote.position() >= commit.size()) continue;
    const auto extension = schema::decode_as<v1::VoteExtension>(as_bytes(vote.extension()));
    if (!extension || !names_left_out(*extension)) continue;
    const std::uint64_t power = commit[vote.position()].power;
    proposers[extension->proposer()] += power;
    for (std::size_t i = 0; i < extension->left_out().size(); i += kTxPrefix) {
      prefixes[extension->left_out().substr(i, kTxPrefix)] += power;
    }
  }
  chain::InclusionFacts facts;
  facts.fullness = chain::InclusionFacts::Fullness::had_room;  // else nobody names its proposer
  for (const auto& [proposer, power] : proposers) {
    if (most(power) && !proposer.empty()) facts.proposer = chain::to_address(proposer);
  }
  for (const auto& [prefix, power] : prefixes) {
    if (most(power)) facts.seen.push_back(padded(prefix));
  }
  return facts;
}

}  // namespace cambium::engine
