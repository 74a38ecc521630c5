#include "engine/cometbft/snapshots/snapshot_intake.hpp"

#include "base/log.hpp"
#include "crypto/sha256.hpp"
#include "engine/snapshots/head_record.hpp"
#include "engine/snapshots/snapshot_store.hpp"

namespace cambium::engine {

using Offer = tendermint::abci::ResponseOfferSnapshot;
using Applied = tendermint::abci::ResponseApplySnapshotChunk;

Offer SnapshotIntake::offer(const tendermint::abci::RequestOfferSnapshot& request) {
  Offer reply;
  const auto& snapshot = request.snapshot();
  import_.reset();
  if (ledger_.has_state()) {
    reply.set_result(Offer::ABORT);
    return reply;
  }
  if (snapshot.format() != kSnapshotFormat) {
    reply.set_result(Offer::REJECT_FORMAT);
    return reply;
  }
  reply.set_result(Offer::REJECT);
  auto facts = decode_snapshot_facts(as_bytes(snapshot.metadata()));
  if (!facts || facts->head.height.value != snapshot.height() ||
      !equal(crypto::sha256(as_bytes(snapshot.metadata())), as_bytes(snapshot.hash())) ||
      !equal(facts->manifest.root, as_bytes(request.app_hash())) ||
      facts->manifest.chunks.size() != snapshot.chunks()) {
    return reply;
  }
  const CometHead head{facts->head.height, facts->head.time, facts->head.hash,
                       facts->manifest.root};
  auto begun = state::SnapshotImport::begin(ledger_.store(), std::move(facts->manifest));
  if (!begun) {
    spdlog::error("state sync: {}", begun.error().message);
    reply.set_result(Offer::ABORT);
    return reply;
  }
  import_.emplace(Import{std::move(*begun), head, snapshot.chunks()});
  reply.set_result(Offer::ACCEPT);
  spdlog::info("state sync: taking over height {} in {} chunks", head.height.value,
               snapshot.chunks());
  return reply;
}

Applied SnapshotIntake::apply(const tendermint::abci::RequestApplySnapshotChunk& request) {
  Applied reply;
  reply.set_result(Applied::ABORT);
  if (!import_) return reply;
  const std::size_t next = import_->import.next_chunk();
  reply.set_result(Applied::ACCEPT);
  if (request.index() < next) return reply;
  if (request.index() > next) {
    reply.set_result(Applied::RETRY_SNAPSHOT);
    return reply;
  }
  if (const auto added = import_->import.add(as_bytes(request.chunk())); !added) {
    spdlog::warn("state sync: chunk {}: {}", request.index(), added.error().message);
    reply.set_result(Applied::RETRY);
    reply.add_refetch_chunks(request.index());
    reply.add_reject_senders(request.sender());
    return reply;
  }
  if (import_->import.next_chunk() < import_->chunks) return reply;
  const Status done = finish();
  import_.reset();
  if (!done) {
    spdlog::error("state sync: {}", done.error().message);
    reply.set_result(Applied::REJECT_SNAPSHOT);
  }
  return reply;
}

Status SnapshotIntake::finish() {
  const CometHead head = import_->head;
  TRY_STATUS(import_->import.finish(owner_records(
      {{head.height, head.time, head.hash}, ledger_.genesis_hash()})));
  return ledger_.adopt_snapshot(head);
}

}  // namespace cambium::engine
