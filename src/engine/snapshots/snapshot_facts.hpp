// What a snapshot says of itself, beside its chunks.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "engine/snapshots/head_record.hpp"
#include "state/snapshot.hpp"

namespace cambium::engine {

/// What a full snapshot's metadata says, the same bytes on every node: the newest block, and what
/// the chunks hold.
struct SnapshotFacts {
  HeadRecord head;
  state::SnapshotManifest manifest;
};
Bytes encode(const SnapshotFacts& facts);
Result<SnapshotFacts> decode_snapshot_facts(ByteView bytes);

/// The same of an increment.
struct IncrementFacts {
  HeadRecord head;
  state::IncrementManifest manifest;
};
Bytes encode(const IncrementFacts& facts);
Result<IncrementFacts> decode_increment_facts(ByteView bytes);

/// The newest block of another chain that a state knows of.
struct SeenChain {
  std::string chain_id;
  Height height;
  bool operator==(const SeenChain&) const = default;
};
/// From the state's light clients.
std::vector<SeenChain> seen_chains(const state::View& state);

/// A height that a chain's folder of snapshots leads back to.
struct SnapshotPoint {
  HeadRecord head;
  Hash root;
  Hash hash;                   // SHA-256 of what it says of itself, every chunk's hash included
  std::optional<Height> base;  // of an increment; a full one has none
  std::uint64_t entries = 0;   // that its own chunks hold
  std::uint64_t chunks = 0;
  std::uint64_t bytes = 0;
  std::vector<SeenChain> sees;

  Height height() const { return head.height; }
  bool full() const { return !base; }
};

}  // namespace cambium::engine
