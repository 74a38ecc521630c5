// What the framework asks of a transaction before any handler runs.
#pragma once

#include "chain/pipeline.hpp"

namespace cambium::chain::detail {

/// Key binding, nonce, expiry, activation, fee and free-lane quota; ok when it may be applied.
TxStatus gates(const ReadContext& ctx, const Tx& tx);

/// The key of the i-th signer, as the transaction gives it.
crypto::PublicKey signer_key(const Tx& tx, std::size_t i);

}  // namespace cambium::chain::detail
