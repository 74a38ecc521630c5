#include "engine/snapshots/snapshot_facts.hpp"

#include "chain/modules/interchain/interchain.hpp"

namespace cambium::engine {
namespace {

constexpr std::size_t kHeadBytes = 48;

Result<HeadRecord> head_of(ByteView bytes) {
  if (bytes.size() >= kHeadBytes) return decode_head(bytes.first(kHeadBytes));
  return fail(ErrorCode::corrupt, "The snapshot's metadata is too short.");
}

tl::unexpected<Error> two_heights() {
  return fail(ErrorCode::corrupt, "The snapshot's metadata names two heights.");
}

}  // namespace

Bytes encode(const SnapshotFacts& facts) {
  Bytes out = encode(facts.head);
  append(out, state::encode(facts.manifest));
  return out;
}

Result<SnapshotFacts> decode_snapshot_facts(ByteView bytes) {
  SnapshotFacts out;
  TRY(out.head, head_of(bytes));
  TRY(out.manifest, state::decode_manifest(bytes.subspan(kHeadBytes)));
  if (out.head.height == out.manifest.height) return out;
  return two_heights();
}

Bytes encode(const IncrementFacts& facts) {
  Bytes out = encode(facts.head);
  append(out, state::encode(facts.manifest));
  return out;
}

Result<IncrementFacts> decode_increment_facts(ByteView bytes) {
  IncrementFacts out;
  TRY(out.head, head_of(bytes));
  TRY(out.manifest, state::decode_increment(bytes.subspan(kHeadBytes)));
  if (out.head.height == out.manifest.changes.height) return out;
  return two_heights();
}

std::vector<SeenChain> seen_chains(const state::View& state) {
  std::vector<SeenChain> out;
  state.scan({chain::interchain::kClients.prefix(), {}}, [&](ByteView, ByteView value) {
    const auto client = chain::interchain::kClients.decoded(value);
    out.push_back({client.chain_id(), {client.latest_height()}});
    return true;
  });
  return out;
}

}  // namespace cambium::engine
