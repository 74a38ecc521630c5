// Messages that run on behalf of an account which no key opens: a passed proposal, a group.
#pragma once

#include "chain/message.hpp"

namespace cambium::chain {

/// A message as it is stored until somebody decides on it.
struct Dispatch {
  const Address& actor;  // must be the message's sender
  ByteView msg;          // canonical tx.v1.Msg
};

/// Whether it could ever run: canonical, known to this chain, sent by the actor, and accepted by
/// its own preflight. `unknown_message` or a status of the malformed band otherwise.
TxStatus preflight_dispatch(const ReadContext& ctx, const Dispatch& dispatch);

/// Check and apply with the message's own privileges and at most `limit` gas, which is charged to
/// `ctx`. Its invariants hold or nothing of it stays; its events join those of `ctx`.
TxStatus run_dispatch(Context& ctx, const Dispatch& dispatch, Gas limit);

}  // namespace cambium::chain
