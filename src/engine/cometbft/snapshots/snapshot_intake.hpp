// Taking over another node's state: the snapshot CometBFT offers, chunk by chunk, each checked.
#pragma once

#include <optional>
#include <string>

#include <tendermint/abci/types.pb.h>

#include "engine/cometbft/ledger.hpp"
#include "state/snapshot.hpp"

namespace cambium::engine {

/// The format this program writes and reads.
inline constexpr std::uint32_t kSnapshotFormat = 1;

/// Used on CometBFT's snapshot connection only.
class SnapshotIntake {
 public:
  explicit SnapshotIntake(CometLedger& ledger) : ledger_(ledger) {}

  /// Compares the offer with the state root that CometBFT's light client verified.
  tendermint::abci::ResponseOfferSnapshot offer(
      const tendermint::abci::RequestOfferSnapshot& request);
  /// The last chunk makes the state final.
  tendermint::abci::ResponseApplySnapshotChunk apply(
      const tendermint::abci::RequestApplySnapshotChunk& request);

 private:
  struct Import {
    state::SnapshotImport import;
    CometHead head;
    std::size_t chunks = 0;
  };
  Status finish();

  CometLedger& ledger_;
  std::optional<Import> import_;
};

}  // namespace cambium::engine
