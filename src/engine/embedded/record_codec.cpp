#include "engine/embedded/record_codec.hpp"

#include "schema/canonical.hpp"

namespace cambium::engine {
namespace {

std::string text(ByteView bytes) { return to_string(bytes); }

chain::v1::Change to_proto(const state::Change& change) {
  chain::v1::Change out;
  out.set_key(text(change.key));
  if (change.before) out.set_before(text(*change.before));
  if (change.after) out.set_after(text(*change.after));
  out.set_existed(change.before.has_value());
  out.set_exists(change.after.has_value());
  return out;
}

state::Change from_proto(const chain::v1::Change& change) {
  state::Change out;
  out.key = to_bytes(change.key());
  if (change.existed()) out.before = to_bytes(change.before());
  if (change.exists()) out.after = to_bytes(change.after());
  return out;
}

}  // namespace

cambium::engine::v1::BlockRecord to_record(const ExecutedBlock& block) {
  cambium::engine::v1::BlockRecord out;
  out.set_header(text(schema::encode(block.header)));
  for (const auto& tx : block.txs) out.add_txs(text(tx));
  for (const auto& result : block.outcome.results) *out.add_results() = result;
  for (const auto& diff : block.outcome.tx_diffs) {
    auto* changes = out.add_changes();
    for (const auto& change : diff) *changes->add_changes() = to_proto(change);
  }
  for (const auto& event : block.outcome.end_events) *out.add_end_events() = event;
  return out;
}

Result<CommittedBlock> to_block(const cambium::engine::v1::BlockRecord& record,
                                chain::v1::SignedHeader signed_header) {
  CommittedBlock out;
  TRY(out.header, schema::decode_as<chain::v1::Header>(as_bytes(record.header())));
  out.signed_header = std::move(signed_header);
  out.hash = chain::header_hash(as_bytes(record.header()));
  for (int i = 0; i < record.txs_size(); ++i) {
    CommittedTx tx;
    tx.raw = to_bytes(record.txs(i));
    tx.id = chain::tx_id(tx.raw);
    if (i < record.results_size()) tx.result = record.results(i);
    if (i < record.changes_size()) {
      for (const auto& change : record.changes(i).changes()) tx.diff.push_back(from_proto(change));
    }
    out.txs.push_back(std::move(tx));
  }
  for (const auto& event : record.end_events()) out.end_events.push_back(event);
  return out;
}

}  // namespace cambium::engine
