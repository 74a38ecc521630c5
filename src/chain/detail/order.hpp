// What keeps a transaction from coming twice: a nonce, a ticket, or its own id until it expires.
#pragma once

#include "chain/pipeline.hpp"

namespace cambium::chain::detail {

/// Statuses of the retry band.
TxStatus may_come_now(const ReadContext& ctx, const Tx& tx);
/// Uses it up; `may_come_now` holds.
void mark_come(Context& ctx, const Tx& tx);

}  // namespace cambium::chain::detail
