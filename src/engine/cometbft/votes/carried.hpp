// The bytes that votes are extended by, and the transaction that carries them into the next block.
#pragma once

#include <optional>

#include "cambium/engine/v1/engine.pb.h"
#include "engine/cometbft/vote_extender.hpp"

namespace cambium::engine {

inline constexpr std::size_t kMaxLeftOut = 64;  // transactions that one vote names
inline constexpr std::size_t kTxPrefix = 8;     // bytes of an id in a vote

/// Nothing unless it is canonical and within all limits; `signature_bytes` is a share's.
std::optional<v1::VoteExtension> decode_extension(ByteView bytes, std::size_t signature_bytes);
/// Nothing unless it is canonical and names positions in ascending order.
std::optional<v1::CarriedVotes> decode_carried(ByteView first_tx);

/// What CometBFT has a validator sign beside its vote.
struct SignedExtension {
  std::string_view chain_id;
  Height height;
  std::uint32_t round = 0;
  ByteView extension;
};
Bytes extension_sign_bytes(const SignedExtension& signed_extension);

/// What at least two thirds of the power say was left out of the block below, and by whom.
chain::InclusionFacts left_out_of(const v1::CarriedVotes& carried,
                                  std::span<const chain::BlockVote> commit);

}  // namespace cambium::engine
