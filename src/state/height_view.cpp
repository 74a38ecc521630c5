#include "state/height_view.hpp"

#include <algorithm>

#include "crypto/sha256.hpp"
#include "state/detail/changed.hpp"
#include "state/detail/history.hpp"
#include "state/detail/meta.hpp"
#include "state/detail/walker.hpp"
#include "state/proof.hpp"

namespace cambium::state {
namespace {

Result<ExistenceProof> existence(const HeightView& view, detail::Located leaf) {
  auto value = view.get(leaf.key);
  TRY_STATUS(view.health());
  if (!value) return fail(ErrorCode::corrupt, "the state tree names a key that has no value");
  ExistenceProof proof{std::move(leaf.key), std::move(*value), std::move(leaf.steps)};
  std::reverse(proof.steps.begin(), proof.steps.end());
  return proof;
}

}  // namespace

Result<HeightView> HeightView::open(const NodeStore& store, Height height) {
  TRY(auto reader, store.read());
  TRY(const auto root, detail::read_root(*reader, height));
  return HeightView(std::move(reader), height, root);
}

Result<HeightView> HeightView::open_latest(const NodeStore& store) {
  TRY(auto reader, store.read());
  TRY(const auto heights, detail::read_heights(*reader));
  if (!heights) return fail(ErrorCode::not_found, "the state store holds no height yet");
  TRY(const auto root, detail::read_root(*reader, heights->latest));
  return HeightView(std::move(reader), heights->latest, root);
}

std::optional<Bytes> HeightView::get(ByteView key) const {
  const auto look_up = [&]() -> Result<std::optional<ByteView>> {
    TRY(const auto record, reader_->get(Table::entries, key));
    if (!record) return std::optional<ByteView>{};
    TRY(auto entry, detail::parse_entry(*record));
    return detail::entry_at(*reader_, entry, height_.value);
  };
  auto value = look_up();
  if (!value) {
    if (health_) health_ = forward_error(std::move(value));
    return std::nullopt;
  }
  return *value ? std::optional(to_bytes(**value)) : std::nullopt;
}

void HeightView::scan(Range range, const Visit& visit) const {
  const bool after = less(range.prefix, range.start_after);
  Status failure;
  const auto each = [&](ByteView key, ByteView record) {
    if (!starts_with(key, range.prefix)) return false;
    if (!range.start_after.empty() && equal(key, range.start_after)) return true;
    auto entry = detail::parse_entry(record);
    auto value = entry ? detail::entry_at(*reader_, *entry, height_.value)
                       : Result<std::optional<ByteView>>(forward_error(std::move(entry)));
    if (!value) {
      failure = forward_error(std::move(value));
      return false;
    }
    return *value ? visit(key, **value) : true;
  };
  auto scanned = reader_->scan(Table::entries, after ? range.start_after : range.prefix, each);
  if (scanned && !failure) scanned = std::move(failure);
  if (!scanned && health_) health_ = std::move(scanned);
}

Result<Bytes> HeightView::prove(ByteView key) const {
  const Hash path = crypto::sha256(key);
  detail::Walker walker(*reader_, height_.value);
  TRY(auto end, walker.descend(path));
  if (end && equal(end->key, key)) {
    TRY(const auto proof, existence(*this, std::move(*end)));
    return encode(proof);
  }
  using Side = ProofStep::Sibling;
  TRY(auto left, walker.neighbour(Side::left));
  TRY(auto right, walker.neighbour(Side::right));
  // The way down may end at another key's leaf, which is then itself one of the neighbours.
  if (end) (crypto::sha256(end->key) < path ? left : right) = std::move(end);
  if (!left && !right)
    return fail(ErrorCode::unsupported,
                "ICS-23 cannot show that a key is absent from a state without entries");
  AbsenceProof proof{to_bytes(key), std::nullopt, std::nullopt};
  if (left) {
    TRY(proof.left, existence(*this, std::move(*left)));
  }
  if (right) {
    TRY(proof.right, existence(*this, std::move(*right)));
  }
  return encode(proof);
}

Status HeightView::walk(const std::function<bool(ByteView key)>& visit) const {
  return detail::Walker(*reader_, height_.value).walk(visit);
}

Result<std::vector<Bytes>> HeightView::changed_since(Height base) const {
  return detail::changed_keys(*reader_, {base, height_});
}

}  // namespace cambium::state
