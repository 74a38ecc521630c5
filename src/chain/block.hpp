// A block: transactions in order, then the end-of-block work; and the header that commits to it.
#pragma once

#include <memory>
#include <span>
#include <vector>

#include "chain/key_proto.hpp"
#include "chain/pipeline.hpp"
#include "crypto/keys.hpp"

namespace cambium::chain {

struct BlockOutcome {
  std::vector<v1::TxResult> results;           // one a transaction, in order
  std::vector<state::Diff> tx_diffs;           // what each transaction changed
  state::Diff diff;                            // everything, end-of-block work included
  std::vector<v1::Event> end_events;           // of the end-of-block work and an upgrade
  std::vector<std::string> violations;         // evidence of broken invariants, for the log
  Gas gas_used;
};

/// Pure: the same state, block facts and bytes give the same outcome everywhere. `state` is left
/// as it was; the caller commits `diff`.
BlockOutcome execute_block(const Registry& registry, const state::View& state, Environment env,
                           std::span<const Bytes> txs);

struct Simulation {
  v1::TxResult result;
  state::Diff diff;
};
/// Dry run on top of `state`: signatures may be missing, nothing is kept.
TxOutcome<Simulation> simulate(const Registry& registry, const state::View& state,
                               Environment env, ByteView raw);

/// The header's commitments.
Hash tx_root(std::span<const Bytes> txs);
Hash results_root(std::span<const v1::TxResult> results);

/// SHA-256("cambium/header/v1" || header): what the proposer signs.
Hash header_sign_digest(ByteView header);
/// SHA-256 of the header's bytes: prev_hash of the next one, and the block's id.
Hash header_hash(ByteView header);
/// What the proposer signs for `BlockInfo::beacon`: deterministic, so it cannot be ground.
Bytes beacon_message(std::string_view chain_id, Height height);

/// Decodes a signed header and verifies its signature by the key it names.
Result<v1::Header> verify_header(const v1::SignedHeader& header,
                                 const crypto::SignatureVerifier& verifier);
v1::SignedHeader sign_header(const v1::Header& header, const crypto::SigningKey& key);

}  // namespace cambium::chain
