#include "chain/modules/models/block_header.hpp"

#include <fmt/format.h>

#include <algorithm>

#include "chain/modules/models/expert_name.hpp"
#include "crypto/sha256.hpp"
#include "schema/canonical.hpp"

namespace cambium::chain::models {
namespace {

tl::unexpected<Error> bad(std::string message) {
  return fail(ErrorCode::invalid_input, std::move(message));
}

Status check_naming(const pb::BlockHeader& header) {
  if (!well_named(header.model()) || !well_named(header.name())) {
    return bad("a model or block name is not 1 to 64 of a-z 0-9 . _ -; rename it");
  }
  const bool meta = header.type() == pb::BLOCK_TYPE_META;
  if (header.chain() != (meta ? "A" : "B")) {
    return bad(fmt::format("block {} names chain '{}'; meta blocks belong to A, others to B",
                           header.name(), header.chain()));
  }
  if (meta != (header.name() == "meta") || meta != header.meta().empty()) {
    return bad("a meta block is named meta and names no other; every other block names one");
  }
  const auto place = ExpertName::parse(header.name());
  const bool expert = header.type() == pb::BLOCK_TYPE_EXPERT;
  if (expert && (!place || place->layer != header.layer())) {
    return bad(fmt::format("expert block '{}' is not named layer{}.expert<E>", header.name(),
                           header.layer()));
  }
  if (header.type() == pb::BLOCK_TYPE_ROUTER && place) {
    return bad(fmt::format("router block '{}' has the name of an expert", header.name()));
  }
  return {};
}

bool size_is(const std::string& bytes, std::size_t size) { return bytes.size() == size; }
bool empty_or_hash(const std::string& bytes) { return bytes.empty() || size_is(bytes, 32); }

Status check_sizes(const pb::BlockHeader& header) {
  if (!pb::BlockType_IsValid(header.type()) || header.type() == pb::BLOCK_TYPE_UNSPECIFIED ||
      !pb::PayloadType_IsValid(header.payload_type()) ||
      header.payload_type() == pb::PAYLOAD_TYPE_UNSPECIFIED) {
    return bad("the block type or payload type is unknown; use one of the published values");
  }
  if (!size_is(header.payload_root(), 32) || header.payload_bytes() == 0) {
    return bad("the payload root is not 32 bytes or the payload is empty");
  }
  if (!empty_or_hash(header.meta()) || !empty_or_hash(header.base_head()) ||
      !empty_or_hash(header.parent()) || !empty_or_hash(header.lineage_root())) {
    return bad("meta, base head, parent and lineage root are 32 bytes or empty");
  }
  const std::size_t key_size = header.key_type() == 1 ? 32 : 33;
  if (!size_is(header.account(), 20) || header.key_type() < 1 || header.key_type() > 2 ||
      !size_is(header.key(), key_size)) {
    return bad("the account is not 20 bytes or its key not of a known type and size");
  }
  return {};
}

}  // namespace

BlockId block_id(ByteView header) {
  BlockId id;
  id.data = crypto::sha256({as_bytes("cambium/block/v1"), header}).data;
  return id;
}

Result<ParsedHeader> parse_header(ByteView bytes) {
  ParsedHeader parsed;
  TRY_STATUS(schema::decode(bytes, parsed.header));
  const auto& header = parsed.header;
  TRY_STATUS(check_sizes(header));
  TRY_STATUS(check_naming(header));
  if (std::size_t(header.depends_on_size()) > kMaxDependencies) {
    return bad(fmt::format("block {} has {} dependencies; at most {} are allowed", header.name(),
                           header.depends_on_size(), kMaxDependencies));
  }
  parsed.depends_on.reserve(std::size_t(header.depends_on_size()));
  for (const auto& dependency : header.depends_on()) {
    const auto id = BlockId::from(as_bytes(dependency));
    if (!id || std::ranges::find(parsed.depends_on, *id) != parsed.depends_on.end()) {
      return bad("a dependency is not 32 bytes or is listed twice");
    }
    parsed.depends_on.push_back(*id);
  }
  if (const auto parent = BlockId::from(as_bytes(header.parent()));
      parent && std::ranges::find(parsed.depends_on, *parent) == parsed.depends_on.end()) {
    return bad("the parent is not among the dependencies; list it there too");
  }
  parsed.payload_root = *Hash::from(as_bytes(header.payload_root()));
  parsed.id = block_id(bytes);
  return parsed;
}

Result<crypto::PublicKey> author_key(const pb::BlockHeader& header) {
  crypto::PublicKey key{crypto::KeyType(header.key_type()), to_bytes(header.key())};
  if (!equal(crypto::address_of(key), as_bytes(header.account()))) {
    return fail(ErrorCode::refused,
                fmt::format("block {} names a key that is not its account's", header.name()));
  }
  return key;
}

Hash work_subject(const pb::BlockHeader& header) {
  auto bare = header;
  bare.clear_nonce();
  return crypto::sha256(schema::encode(bare));
}

}  // namespace cambium::chain::models
