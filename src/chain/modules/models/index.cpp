// The ParamIndex and its root, and how blocks enter the DAG.
#include "chain/modules/models/expert_name.hpp"
#include "chain/modules/models/models.hpp"
#include "crypto/merkle.hpp"

namespace cambium::chain::models {

Hash index_root(std::span<const pb::IndexEntry> sorted_entries) {
  std::vector<Hash> leaves;
  leaves.reserve(sorted_entries.size());
  for (const auto& entry : sorted_entries) {
    leaves.push_back(crypto::merkle_leaf(schema::encode(entry)));
  }
  return crypto::merkle_root(leaves);
}

std::vector<pb::IndexEntry> index_entries(const ReadContext& ctx, const std::string& model) {
  std::vector<pb::IndexEntry> entries;
  kIndex.scan(ctx, kIndex.prefix(model), [&](const auto&, const pb::IndexEntry& entry) {
    entries.push_back(entry);
    return ScanStep::next;
  });
  return entries;
}

pb::MetaRules current_rules(const ReadContext& ctx, const pb::Model& model) {
  return kRules.get_or_default(ctx, {to_id<BlockId>(model.meta())});
}

void place_block(Context& ctx, Placement placement) {
  auto& model = placement.model;
  const auto& header = placement.header.header;
  const std::string key = sort_key(header.name());

  const auto before = kIndex.get(ctx, {model.id(), key});
  if (before) {
    auto old = kBlocks.get_or_default(ctx, {to_id<BlockId>(before->block())});
    old.set_status(pb::BLOCK_STATUS_SUPERSEDED);
    kBlocks.put(ctx, {to_id<BlockId>(before->block())}, old);
  } else if (header.type() == pb::BLOCK_TYPE_EXPERT) {
    placement.candidate == 0 ? model.set_anchor_experts(model.anchor_experts() + 1)
                             : model.set_contributed_experts(model.contributed_experts() + 1);
  }

  pb::IndexEntry entry;
  entry.set_name(header.name());
  entry.set_block(to_field(placement.header.id));
  entry.set_version(before ? before->version() + 1 : 1);

  pb::Block block;
  block.set_id(entry.block());
  block.set_header(to_string(placement.bytes));
  block.set_position(model.blocks());
  block.set_height(ctx.block().height.value);
  block.set_version(entry.version());
  block.set_status(pb::BLOCK_STATUS_ACCEPTED);
  block.set_candidate(placement.candidate);
  block.set_gain_nano(placement.gain_nano);
  block.set_lineage(placement.lineage);
  block.set_model(model.id());

  kBlocks.put(ctx, {placement.header.id}, block);
  kOrder.put(ctx, {model.id(), model.blocks()}, entry);
  kIndex.put(ctx, {model.id(), key}, entry);
  kVersions.put(ctx, {model.id(), key, entry.version()}, entry);
  model.set_blocks(model.blocks() + 1);
  ctx.emit("models.block_accepted", {{"model", model.id()},
                                     {"name", header.name()},
                                     {"block", placement.header.id.hex()},
                                     {"version", std::to_string(entry.version())},
                                     {"candidate", std::to_string(placement.candidate)}});
}

void refresh_head(Context& ctx, pb::Model& model, std::uint64_t candidate) {
  const Hash root = index_root(index_entries(ctx, model.id()));
  model.set_index_root(to_field(root));
  pb::Head head;
  head.set_height(ctx.block().height.value);
  head.set_candidate(candidate);
  kHeads.put(ctx, {model.id(), root}, head);
  kModels.put(ctx, {model.id()}, model);
  ctx.emit("models.head_moved", {{"model", model.id()}, {"index_root", root.hex()}});
}

}  // namespace cambium::chain::models
