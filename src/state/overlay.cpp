#include "state/overlay.hpp"

#include <algorithm>

#include "base/check.hpp"

namespace cambium::state {

std::optional<Bytes> Overlay::get(ByteView key) const {
  const auto it = entries_.find(key);
  return it != entries_.end() ? it->second.value : base_.get(key);
}

void Overlay::put(ByteView key, Bytes value) {
  CHECK(!key.empty() && key.size() <= kMaxKeyBytes, "a state key has 1..480 bytes");
  CHECK(!value.empty(), "ICS-23 cannot prove an empty value; store at least one byte");
  write(key, std::move(value));
}

void Overlay::erase(ByteView key) { write(key, std::nullopt); }

void Overlay::apply(const Diff& diff) {
  for (const auto& change : diff) write(change.key, change.after);
}

void Overlay::write(ByteView key, Value value) {
  auto it = entries_.lower_bound(key);
  if (it == entries_.end() || less(key, it->first))
    it = entries_.emplace_hint(it, to_bytes(key), Entry{});
  auto& entry = it->second;
  journal_.push_back({it, std::move(entry.value), entry.last_write});
  entry.value = std::move(value);
  entry.last_write = journal_.size();
}

void Overlay::rollback(Mark to) {
  CHECK(to.position <= journal_.size(), "a mark is not used after an older one was rolled back to");
  while (journal_.size() > to.position) {
    auto& undo = journal_.back();
    if (undo.previous_write == 0) {
      entries_.erase(undo.entry);
    } else {
      undo.entry->second.value = std::move(undo.previous);
      undo.entry->second.last_write = undo.previous_write;
    }
    journal_.pop_back();
  }
}

Diff Overlay::diff_since(Mark since) const {
  Diff out;
  // The first write after the mark of each entry carries what the entry held at the mark.
  for (std::size_t i = since.position; i < journal_.size(); ++i) {
    const auto& undo = journal_[i];
    if (undo.previous_write > since.position) continue;
    const auto& key = undo.entry->first;
    auto before = undo.previous_write == 0 ? base_.get(key) : undo.previous;
    const auto& after = undo.entry->second.value;
    if (before != after) out.push_back({key, std::move(before), after});
  }
  std::sort(out.begin(), out.end(),
            [](const Change& a, const Change& b) { return less(a.key, b.key); });
  return out;
}

// Merges the ordered writes with the ordered base; a write hides the base's entry of its key.
void Overlay::scan(Range range, const Visit& visit) const {
  const bool after = !range.start_after.empty() && less(range.prefix, range.start_after);
  auto it = after ? entries_.upper_bound(range.start_after) : entries_.lower_bound(range.prefix);
  if (!range.start_after.empty() && !after && equal(range.prefix, range.start_after))
    it = entries_.upper_bound(range.start_after);
  bool go_on = true;
  const auto mine = [&] {  // hands out the write at `it`, unless it erases
    if (it->second.value) go_on = visit(it->first, *it->second.value);
    ++it;
  };
  const auto in_prefix = [&] {
    return it != entries_.end() && starts_with(it->first, range.prefix);
  };
  base_.scan(range, [&](ByteView key, ByteView value) {
    while (go_on && in_prefix() && less(it->first, key)) mine();
    if (!go_on) return false;
    if (in_prefix() && equal(it->first, key)) {
      mine();
    } else {
      go_on = visit(key, value);
    }
    return go_on;
  });
  while (go_on && in_prefix()) mine();
}

}  // namespace cambium::state
