#include "engine/cometbft/light/verify.hpp"

#include <fmt/format.h>
#include <google/protobuf/wrappers.pb.h>
#include <tendermint/types/canonical.pb.h>

#include "crypto/merkle.hpp"
#include "engine/cometbft/abci/convert.hpp"

namespace cambium::engine {
namespace {

namespace pb = tendermint::types;

tl::unexpected<Error> wrong(std::string what) {
  return fail(ErrorCode::corrupt,
              fmt::format("The light block is not sound: {}. Do not believe this node.", what));
}

/// What a leaf of the header's tree is made of: the value in protobuf's wrapper, nothing for an
/// empty one.
template <class Wrapper, class Value>
std::string wrapped(const Value& value) {
  if (value == Value{}) return {};
  Wrapper wrapper;
  wrapper.set_value(value);
  return wrapper.SerializeAsString();
}

std::string wrapped_bytes(const std::string& bytes) {
  return wrapped<google::protobuf::BytesValue>(bytes);
}

Hash message_leaf(const google::protobuf::MessageLite& message) {
  return crypto::merkle_leaf(as_bytes(message.SerializeAsString()));
}

/// What a validator signs for its precommit, length first.
std::string sign_bytes(const pb::Commit& commit, const pb::CommitSig& vote,
                       const std::string& chain_id) {
  pb::CanonicalVote canonical;
  canonical.set_type(pb::SIGNED_MSG_TYPE_PRECOMMIT);
  canonical.set_height(commit.height());
  canonical.set_round(commit.round());
  auto* id = canonical.mutable_block_id();
  id->set_hash(commit.block_id().hash());
  id->mutable_part_set_header()->set_total(commit.block_id().part_set_header().total());
  id->mutable_part_set_header()->set_hash(commit.block_id().part_set_header().hash());
  *canonical.mutable_timestamp() = vote.timestamp();
  canonical.set_chain_id(chain_id);
  std::string out;
  abci::append_frame(out, canonical);
  return out;
}

/// More than two thirds of the set's power signed this commit, each at its own place.
Status check_votes(const pb::LightBlock& block, const crypto::SignatureVerifier& verifier) {
  const auto& commit = block.signed_header().commit();
  const auto& set = block.validator_set().validators();
  if (commit.signatures_size() != set.size()) return wrong("votes and validators do not match");
  std::vector<std::string> texts;
  std::vector<crypto::PublicKey> keys;
  std::vector<int> voters;
  std::uint64_t total = 0;
  for (int i = 0; i < set.size(); ++i) {
    if (set[i].voting_power() <= 0) return wrong("a validator has no power");
    total += static_cast<std::uint64_t>(set[i].voting_power());
    const auto& vote = commit.signatures(i);
    if (vote.block_id_flag() != pb::BLOCK_ID_FLAG_COMMIT) continue;
    const Bytes key = to_bytes(set[i].pub_key().ed25519());
    if (!equal(consensus_address(key), as_bytes(vote.validator_address()))) {
      return wrong("a vote names another validator than its place");
    }
    texts.push_back(sign_bytes(commit, vote, block.signed_header().header().chain_id()));
    keys.push_back({crypto::KeyType::ed25519, key});
    voters.push_back(i);
  }
  std::vector<crypto::SignedMessage> items;
  for (std::size_t v = 0; v < voters.size(); ++v) {
    items.push_back({keys[v], as_bytes(texts[v]),
                     as_bytes(commit.signatures(voters[v]).signature())});
  }
  std::uint64_t signed_power = 0;
  const auto verdicts = verifier.verify_all(items);
  for (std::size_t v = 0; v < voters.size(); ++v) {
    if (!verdicts[v]) return wrong(fmt::format("the vote of validator {} is forged", voters[v]));
    signed_power += static_cast<std::uint64_t>(set[voters[v]].voting_power());
  }
  if (signed_power > total / 3 * 2 + total % 3 * 2 / 3) return {};
  return wrong(fmt::format("only {} of {} voting power signed", signed_power, total));
}

Hash hash_of(const std::string& bytes) { return Hash::from(as_bytes(bytes)).value_or(Hash{}); }

}  // namespace

std::vector<std::string> header_fields(const pb::Header& header) {
  using google::protobuf::Int64Value;
  using google::protobuf::StringValue;
  return {header.version().SerializeAsString(),
          wrapped<StringValue>(header.chain_id()),
          wrapped<Int64Value>(header.height()),
          header.time().SerializeAsString(),
          header.last_block_id().SerializeAsString(),
          wrapped_bytes(header.last_commit_hash()),
          wrapped_bytes(header.data_hash()),
          wrapped_bytes(header.validators_hash()),
          wrapped_bytes(header.next_validators_hash()),
          wrapped_bytes(header.consensus_hash()),
          wrapped_bytes(header.app_hash()),
          wrapped_bytes(header.last_results_hash()),
          wrapped_bytes(header.evidence_hash()),
          wrapped_bytes(header.proposer_address())};
}

Hash header_hash(const pb::Header& header) {
  std::vector<Hash> leaves;
  for (const auto& field : header_fields(header)) {
    leaves.push_back(crypto::merkle_leaf(as_bytes(field)));
  }
  return crypto::merkle_root(leaves);
}

Hash validators_hash(const pb::ValidatorSet& set) {
  std::vector<Hash> leaves;
  for (const auto& validator : set.validators()) {
    pb::SimpleValidator simple;
    *simple.mutable_pub_key() = validator.pub_key();
    simple.set_voting_power(validator.voting_power());
    leaves.push_back(message_leaf(simple));
  }
  return crypto::merkle_root(leaves);
}

Result<LightFacts> verify_light_block(const pb::LightBlock& block, std::string_view chain_id,
                                      const crypto::SignatureVerifier& verifier) {
  const auto& header = block.signed_header().header();
  const auto& commit = block.signed_header().commit();
  if (header.chain_id() != chain_id) return wrong("it is of the chain " + header.chain_id());
  if (header.height() <= 0 || header.height() != commit.height()) {
    return wrong("header and votes are of different heights");
  }
  LightFacts out;
  out.height = {static_cast<std::uint64_t>(header.height())};
  out.time = abci::to_time(header.time());
  out.block_hash = header_hash(header);
  out.validators = validators_hash(block.validator_set());
  out.next_validators = hash_of(header.next_validators_hash());
  out.state_root = hash_of(header.app_hash());
  if (!equal(out.block_hash, as_bytes(commit.block_id().hash()))) {
    return wrong("the votes are for another header");
  }
  if (!equal(out.validators, as_bytes(header.validators_hash()))) {
    return wrong("these are not the header's validators");
  }
  TRY_STATUS(check_votes(block, verifier));
  return out;
}

}  // namespace cambium::engine
