#include "chain/modules/models/invariants.hpp"

#include "chain/modules/models/models.hpp"

namespace cambium::chain::models {
namespace {

std::optional<pb::Block> block_in(const state::View& view, const BlockId& id) {
  const auto bytes = view.get(kBlocks.key({id}));
  return bytes ? std::optional(decltype(kBlocks)::decoded(*bytes)) : std::nullopt;
}

class IndexCheck final : public InvariantCheck {
 public:
  void visit(const state::Change& change) override {
    if (!change.after) {
      erased_ = true;
    } else {
      entries_.push_back(decltype(kIndex)::decoded(*change.after));
    }
  }
  std::optional<std::string> finalize(const InvariantScope& scope) override {
    if (erased_) return "an index entry was erased";
    for (const auto& entry : entries_) {
      const auto block = block_in(scope.after, to_id<BlockId>(entry.block()));
      if (!block || block->status() != pb::BLOCK_STATUS_ACCEPTED ||
          block->version() != entry.version()) {
        return "index entry " + entry.name() + " does not point at an accepted block";
      }
    }
    return std::nullopt;
  }

 private:
  bool erased_ = false;
  std::vector<pb::IndexEntry> entries_;
};

class DagCheck final : public InvariantCheck {
 public:
  void visit(const state::Change& change) override {
    if (!change.after) {
      changed_ = true;
      return;
    }
    const auto after = decltype(kBlocks)::decoded(*change.after);
    if (change.before) {
      changed_ |= decltype(kBlocks)::decoded(*change.before).header() != after.header();
    } else {
      added_.push_back(after);
    }
  }
  std::optional<std::string> finalize(const InvariantScope& scope) override {
    if (changed_) return "a block was erased or its header changed";
    for (const auto& block : added_) {
      const auto parsed = parse_header(as_bytes(block.header()));
      if (!parsed || to_field(parsed->id) != block.id()) return "a block's id is not its hash";
      for (const auto& id : parsed->depends_on) {
        const auto dependency = block_in(scope.after, id);
        if (!dependency || dependency->position() >= block.position()) {
          return "block " + parsed->id.hex() + " depends on a block that is not earlier";
        }
      }
    }
    return std::nullopt;
  }

 private:
  bool changed_ = false;
  std::vector<pb::Block> added_;
};

}  // namespace

Invariant index_points_at_blocks() {
  return invariant<IndexCheck>("models.index_points_at_blocks", {kIndex.id()});
}

Invariant dag_is_acyclic() {
  return invariant<DagCheck>("models.dag_is_acyclic", {kBlocks.id()});
}

}  // namespace cambium::chain::models
