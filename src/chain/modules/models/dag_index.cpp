#include "chain/modules/models/dag_index.hpp"

#include <cstring>

namespace cambium::chain::models {
namespace {

std::uint64_t mix(std::uint64_t x) {  // the finaliser of SplitMix64
  x = (x ^ (x >> 30)) * 0xbf58476d1ce4e5b9ull;
  x = (x ^ (x >> 27)) * 0x94d049bb133111ebull;
  return x ^ (x >> 31);
}

}  // namespace

DagIndex::DagIndex(std::uint64_t salt) : salt_(salt), table_(64, 0) {}

std::size_t DagIndex::slot_of(const BlockId& id) const {
  std::uint64_t word;
  std::memcpy(&word, id.data.data(), sizeof word);
  const std::size_t mask = table_.size() - 1;
  std::size_t slot = mix(word ^ salt_) & mask;
  while (table_[slot] != 0 && ids_[table_[slot] - 1] != id) slot = (slot + 1) & mask;
  return slot;
}

std::optional<std::uint32_t> DagIndex::position(const BlockId& id) const {
  const auto entry = table_[slot_of(id)];
  return entry == 0 ? std::nullopt : std::optional(entry - 1);
}

DagAdd DagIndex::add(const BlockId& id, std::span<const BlockId> depends_on) {
  if (contains(id)) return DagAdd::already_known;
  const auto edges_before = edges_.size();
  for (const auto& dependency : depends_on) {
    const auto known = position(dependency);
    if (!known) {
      edges_.resize(edges_before);
      return DagAdd::unknown_dependency;
    }
    edges_.push_back(*known);
  }
  if ((ids_.size() + 1) * 4 > table_.size() * 3) grow();
  table_[slot_of(id)] = std::uint32_t(ids_.size() + 1);
  ids_.push_back(id);
  edge_end_.push_back(std::uint32_t(edges_.size()));
  return DagAdd::added;
}

std::span<const std::uint32_t> DagIndex::dependencies(std::uint32_t position) const {
  const std::size_t begin = position == 0 ? 0 : edge_end_[position - 1];
  return std::span(edges_).subspan(begin, edge_end_[position] - begin);
}

void DagIndex::grow() {
  table_.assign(table_.size() * 2, 0);
  for (std::uint32_t i = 0; i < ids_.size(); ++i) table_[slot_of(ids_[i])] = i + 1;
}

}  // namespace cambium::chain::models
