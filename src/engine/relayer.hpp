// Carries packets between two chains: headers, proofs and acknowledgements, as ordinary
// transactions of a key that needs no permission.
#pragma once

#include "cambium/interchain/v1/interchain.pb.h"
#include "engine/tx_builder.hpp"

namespace cambium::engine {

/// One end: the chain, and the name it gives its client of the other chain.
struct ChannelEnd {
  AccountSender& sender;
  std::string client;
};

/// A transaction under way, and where.
struct QueuedTx {
  Engine* engine = nullptr;
  TxId id;
};

/// What one call did.
struct Relayed {
  std::size_t delivered = 0;
  std::size_t acknowledged = 0;
  std::size_t timed_out = 0;
  /// The newest state has something that no header proves yet: make a block and call again.
  bool needs_header = false;
  std::vector<QueuedTx> queued;
  bool idle() const { return delivered + acknowledged + timed_out == 0 && !needs_header; }
};

/// Looks at what `from` sent and not yet saw answered, and queues at most one transaction on each
/// chain. Pure steps over the chains' state, so calling it again at any time is safe.
Result<Relayed> relay_step(ChannelEnd& from, ChannelEnd& to, TimeMs now);

}  // namespace cambium::engine
