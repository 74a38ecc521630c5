// The newest block's facts as they lie beside the state, and as a snapshot carries them.
#pragma once

#include "base/ids.hpp"
#include "base/result.hpp"
#include "state/tree.hpp"

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

/// What an engine keeps beside its state, whichever engine it is.
struct OwnerRecords {
  HeadRecord head;
  Hash genesis;
};
/// In the form that goes with a commit.
std::vector<state::MetaRecord> owner_records(const OwnerRecords& records);
/// Writes them, durably, beside a state that is there already.
Status write_owner_records(state::NodeStore& store, const OwnerRecords& records);
/// The newest block's; nothing in a store without one.
Result<std::optional<HeadRecord>> read_head(const state::NodeStore& store);

}  // namespace cambium::engine
