// Between the kernel's outcome, the log's record and the block that others see.
#pragma once

#include "cambium/engine/v1/engine.pb.h"
#include "engine/committed_block.hpp"

namespace cambium::engine {

/// A block's parts as the ledger holds them before they are final.
struct ExecutedBlock {
  chain::v1::Header header;
  std::vector<Bytes> txs;
  chain::BlockOutcome outcome;
};

cambium::engine::v1::BlockRecord to_record(const ExecutedBlock& block);

/// `corrupt` when the header does not decode.
Result<CommittedBlock> to_block(const cambium::engine::v1::BlockRecord& record,
                                chain::v1::SignedHeader signed_header);

}  // namespace cambium::engine
