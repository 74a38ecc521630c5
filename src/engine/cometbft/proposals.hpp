// What goes into a block that this node proposes, and which blocks of others it votes for.
#pragma once

#include <span>

#include "engine/cometbft/checker.hpp"

namespace cambium::engine {

/// Protobuf puts at most this much around a transaction in a block.
inline constexpr std::size_t kTxFrameBytes = 10;

/// Chooses among what CometBFT's mempool offers: best payers first, every sender's in nonce order,
/// within the block's gas and `max_bytes`; by the same rules as the embedded engine.
Result<std::vector<Bytes>> choose_txs(const CometLedger& ledger, Checker& checker,
                                      std::span<const Bytes> offered, std::size_t max_bytes);

/// Why a proposal must not be voted for, as a sentence; nothing when it may. Only what no honest
/// proposer can produce counts: malformed transactions, bad signatures, more gas than a block has.
Result<std::optional<std::string>> fault_of(const CometLedger& ledger, Checker& checker,
                                            std::span<const Bytes> txs);

}  // namespace cambium::engine
