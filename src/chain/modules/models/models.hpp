// The module's state, and what evaluation and rewards may ask of it.
#pragma once

#include <span>
#include <string>
#include <vector>

#include "cambium/models/v1/models.pb.h"
#include "chain/modules/models/block_header.hpp"
#include "chain/table.hpp"

namespace cambium::chain::models {

inline constexpr Table<pb::Params> kModelParams{TableId{kModelsPrefix, 1}};
inline constexpr Table<pb::Model, std::string> kModels{TableId{kModelsPrefix, 2}};
inline constexpr Table<pb::Block, BlockId> kBlocks{TableId{kModelsPrefix, 3}};
/// (model, position): chain B in insertion order.
inline constexpr Table<pb::IndexEntry, std::string, std::uint64_t> kOrder{
    TableId{kModelsPrefix, 4}};
/// The ParamIndex: (model, sort key of the name).
inline constexpr Table<pb::IndexEntry, std::string, std::string> kIndex{TableId{kModelsPrefix, 5}};
/// (model, sort key of the slot's name)
inline constexpr Table<pb::SlotLease, std::string, std::string> kLeases{TableId{kModelsPrefix, 6}};
/// (meta block)
inline constexpr Table<pb::MetaRules, BlockId> kRules{TableId{kModelsPrefix, 7}};
/// (model, sort key of the name, version): every block the index ever pointed at.
inline constexpr Table<pb::IndexEntry, std::string, std::string, std::uint64_t> kVersions{
    TableId{kModelsPrefix, 8}};
/// (model, index root)
inline constexpr Table<pb::Head, std::string, Hash> kHeads{TableId{kModelsPrefix, 9}};

/// RFC 6962 root over the canonical IndexEntry records in the order of their sort keys: one hash
/// that says which block every name stands for.
Hash index_root(std::span<const pb::IndexEntry> sorted_entries);
std::vector<pb::IndexEntry> index_entries(const ReadContext& ctx, const std::string& model);

/// The rules of the model's current meta block; the model exists.
pb::MetaRules current_rules(const ReadContext& ctx, const pb::Model& model);

/// May `header` become a candidate of its account: slot leased or index entry to follow, current
/// meta block, known dependencies, a parent that is recent enough.
TxStatus check_offer(const ReadContext& ctx, const ParsedHeader& header);

/// What evaluation found about one block of an accepted bundle.
struct AcceptedBlock {
  Bytes header;
  std::string lineage;
};
struct Acceptance {
  std::string model;
  std::uint64_t candidate = 0;
  std::int64_t gain_nano = 0;
  std::vector<AcceptedBlock> blocks;
};
/// Puts the blocks into the DAG, moves the index, ends their leases; the new head.
Hash accept(Context& ctx, const Acceptance& acceptance);

/// Adds a block and points the index at it; the caller has checked it and refreshes the head.
struct Placement {
  pb::Model& model;  // its counts grow; the caller stores it
  const ParsedHeader& header;
  Bytes bytes;
  std::uint64_t candidate = 0;
  std::int64_t gain_nano = 0;
  std::string lineage;
};
void place_block(Context& ctx, Placement placement);
/// Recomputes the index root, records it as a head and stores the model.
void refresh_head(Context& ctx, pb::Model& model, std::uint64_t candidate);

}  // namespace cambium::chain::models
