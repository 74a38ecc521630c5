#include "state/tree.hpp"

#include <algorithm>
#include <fmt/format.h>

#include "base/check.hpp"
#include "state/bulk.hpp"
#include "state/detail/changes.hpp"
#include "state/detail/meta.hpp"
#include "state/detail/page_cache.hpp"
#include "state/detail/pruner.hpp"
#include "state/detail/stager.hpp"

namespace cambium::state {

struct Tree::Impl {
  Impl(NodeStore& node_store, const TreeOptions& options)
      : store(node_store), cache(options.cache_bytes) {}

  Status load();
  Result<Hash> stage(Height height, std::span<const Update> updates);

  NodeStore& store;
  detail::PageCache cache;
  std::optional<detail::Heights> heights;
  Hash root;

  std::optional<Height> staged;
  Hash staged_root;
  WriteBatch batch;
  detail::StagerMemory memory;
};

Status Tree::Impl::load() {
  TRY(const auto reader, store.read());
  TRY(heights, detail::read_heights(*reader));
  if (heights) {
    TRY(root, detail::read_root(*reader, heights->latest));
  }
  return {};
}

Result<Hash> Tree::Impl::stage(Height height, std::span<const Update> updates) {
  TRY(const auto reader, store.read());
  TRY_STATUS(cache.ensure_top(*reader));
  batch.clear();
  detail::HistoryWriter history(batch, height.value);
  TRY(auto changes, detail::collect_changes(*reader, updates, batch, history));
  Hash new_root = root;
  if (!changes.empty()) {
    detail::Stager stager(cache.top(), *reader, height.value, memory);
    TRY_STATUS(stager.apply(changes));
    stager.write(batch, history);
    cache.count(stager.pages_loaded());
    new_root = cache.top().body.hash(1);
  }
  history.flush();
  if (!history.fits())
    return fail(ErrorCode::invalid_input, "one height changes more state than 4 GiB; split it");
  return new_root;
}

Tree::Tree(std::unique_ptr<Impl> impl) : impl_(std::move(impl)) {}
Tree::Tree(Tree&&) noexcept = default;
Tree& Tree::operator=(Tree&&) noexcept = default;
Tree::~Tree() = default;

Result<Tree> Tree::open(NodeStore& store, TreeOptions options) {
  TRY_STATUS(clear_unfinished(store));
  auto impl = std::make_unique<Impl>(store, options);
  TRY_STATUS(impl->load());
  return Tree(std::move(impl));
}

std::optional<Height> Tree::latest() const {
  return impl_->heights ? std::optional(impl_->heights->latest) : std::nullopt;
}

std::optional<Height> Tree::oldest() const {
  return impl_->heights ? std::optional(impl_->heights->oldest) : std::nullopt;
}

const Hash& Tree::root() const { return impl_->root; }

Result<Hash> Tree::stage(Height height, std::span<const Update> updates) {
  if (impl_->staged) discard();
  if (impl_->heights && height <= impl_->heights->latest)
    return fail(ErrorCode::invalid_input,
                fmt::format("state of height {} is committed already; the next one is above it",
                            impl_->heights->latest.value));
  auto root = impl_->stage(height, updates);
  if (!root) {
    impl_->cache.clear();
    return root;
  }
  impl_->staged = height;
  impl_->staged_root = *root;
  return root;
}

Status Tree::commit(Durability durability, std::span<const MetaRecord> records) {
  CHECK(impl_->staged, "a height is staged before it is committed");
  detail::Heights heights{*impl_->staged, *impl_->staged};
  if (impl_->heights) heights.oldest = impl_->heights->oldest;
  auto& batch = impl_->batch;
  batch.put(Table::meta, detail::root_key(heights.latest), impl_->staged_root);
  detail::put_heights(batch, heights);
  for (const auto& record : records) {
    CHECK(!record.key.empty() && record.key[0] >= 0x20, "an owner's meta keys are text");
    batch.put(Table::meta, record.key, record.value);
  }
  if (auto written = impl_->store.write(batch, durability); !written) {
    discard();
    return written;
  }
  impl_->heights = heights;
  impl_->root = impl_->staged_root;
  impl_->staged.reset();
  impl_->cache.shrink(heights.latest.value);
  return {};
}

void Tree::discard() {
  if (impl_->staged) impl_->cache.clear();  // the pages in memory carry the staged changes
  impl_->staged.reset();
}

Result<PruneProgress> Tree::prune(Height oldest, std::size_t max_records) {
  if (!impl_->heights) return PruneProgress{};
  auto heights = *impl_->heights;
  heights.oldest = std::clamp(oldest, heights.oldest, heights.latest);
  TRY(const auto progress, detail::prune(impl_->store, heights, max_records));
  impl_->heights = heights;
  return progress;
}

std::vector<Update> updates_of(const Diff& diff) {
  std::vector<Update> updates;
  updates.reserve(diff.size());
  for (const auto& change : diff)
    updates.push_back({change.key, change.after ? std::optional<ByteView>(*change.after)
                                                : std::nullopt});
  return updates;
}

Result<std::optional<Bytes>> read_meta(const NodeStore& store, ByteView key) {
  TRY(const auto reader, store.read());
  TRY(const auto record, reader->get(Table::meta, key));
  return record ? std::optional(to_bytes(*record)) : std::nullopt;
}

}  // namespace cambium::state
