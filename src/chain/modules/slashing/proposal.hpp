// The engine's proposals and headers, as far as evidence needs them: which bytes a proposer signs,
// and how a transaction hangs under the block hash that they name.
#pragma once

#include <span>
#include <string>

#include "chain/modules/slashing/tables.hpp"

namespace cambium::chain::slashing {

/// CometBFT's canonical sign bytes of a proposal: a length, then CanonicalProposal in protobuf
/// (spec/core/data_structures: type 32, height and round as fixed 64 bits, pol_round, block id,
/// time, chain id).
Bytes proposal_sign_bytes(const pb::Proposal& proposal, std::string_view chain_id);

/// Root over the header's 14 fields, each encoded by itself: the block's hash.
Hash block_hash(const google::protobuf::RepeatedPtrField<std::string>& header_fields);
/// The data hash among them; nothing when the list is no header.
std::optional<Hash> data_hash(const google::protobuf::RepeatedPtrField<std::string>& header_fields);

}  // namespace cambium::chain::slashing
