// Headers of parameter blocks: their ids, and the rules that need no state.
#pragma once

#include <vector>

#include "base/ids.hpp"
#include "base/result.hpp"
#include "cambium/models/v1/models.pb.h"
#include "crypto/keys.hpp"

namespace cambium::chain::models {

namespace pb = cambium::models::v1;

inline constexpr std::size_t kMaxDependencies = 64;

/// SHA-256("cambium/block/v1" || the received bytes).
BlockId block_id(ByteView header);

/// A decoded header beside its id; `depends_on` is checked to be 32-byte ids without repeats.
struct ParsedHeader {
  pb::BlockHeader header;
  BlockId id;
  Hash payload_root;
  std::vector<BlockId> depends_on;
};

/// Canonical bytes to a header that obeys every rule that needs no state: chain and type agree,
/// the name fits the type and layer, sizes of ids, key and account; a parent is a dependency.
Result<ParsedHeader> parse_header(ByteView bytes);

/// The author's key, when it is the key that the account's address was made from.
Result<crypto::PublicKey> author_key(const pb::BlockHeader& header);

/// What the light proof-of-work of a header is over: SHA-256 of its bytes without the nonce.
Hash work_subject(const pb::BlockHeader& header);

}  // namespace cambium::chain::models
