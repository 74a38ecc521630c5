// A block that is final: what subscribers, the index and the explorer see.
#pragma once

#include <memory>
#include <vector>

#include "cambium/chain/v1/chain.pb.h"
#include "chain/block.hpp"

namespace cambium::engine {

/// One transaction of a block, with its outcome and what it changed.
struct CommittedTx {
  TxId id;
  Bytes raw;
  chain::v1::TxResult result;
  state::Diff diff;
};

struct CommittedBlock {
  chain::v1::Header header;
  chain::v1::SignedHeader signed_header;  // the bytes that were signed, and the signature
  Hash hash;                              // SHA-256 of the header's bytes
  std::vector<CommittedTx> txs;
  std::vector<chain::v1::Event> end_events;

  Height height() const { return {header.height()}; }
};
using BlockPtr = std::shared_ptr<const CommittedBlock>;

}  // namespace cambium::engine
