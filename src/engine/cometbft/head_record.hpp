// The newest block's facts as they lie beside the state, and as a snapshot carries them.
#pragma once

#include "base/ids.hpp"
#include "base/result.hpp"
#include "state/node_store.hpp"

namespace cambium::engine {

struct HeadRecord {
  Height height;
  TimeMs time;
  Hash hash;
  bool operator==(const HeadRecord&) const = default;
};

inline constexpr std::string_view kHeadKey = "engine.head";
inline constexpr std::string_view kGenesisKey = "engine.genesis";

Bytes encode(const HeadRecord& head);
/// `corrupt` for any other length.
Result<HeadRecord> decode_head(ByteView bytes);

/// Writes both records of an owner, durably, into a store that has no height yet.
struct OwnerRecords {
  HeadRecord head;
  Hash genesis;
};
Status write_owner_records(state::NodeStore& store, const OwnerRecords& records);

}  // namespace cambium::engine
