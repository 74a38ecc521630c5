// What everything that reads state sees: keys to values, in the byte order of the keys.
#pragma once

#include <functional>
#include <optional>

#include "base/bytes.hpp"

namespace cambium::state {

/// Keys longer than this are refused by `Tree::stage`; the disk back end's limit lies just above.
inline constexpr std::size_t kMaxKeyBytes = 480;

/// The keys that start with `prefix` and sort after `start_after` (empty: from the first one).
struct Range {
  ByteView prefix;
  ByteView start_after = {};
};

class View {
 public:
  /// Returns false to stop. The bytes are borrowed for the duration of the call.
  using Visit = std::function<bool(ByteView key, ByteView value)>;

  virtual ~View() = default;
  virtual std::optional<Bytes> get(ByteView key) const = 0;
  /// Visits in ascending byte order of the keys. The visitor must not write to the same view.
  virtual void scan(Range range, const Visit& visit) const = 0;
};

/// A state without entries: what genesis is written over.
class EmptyView final : public View {
 public:
  std::optional<Bytes> get(ByteView) const override { return std::nullopt; }
  void scan(Range, const Visit&) const override {}
};

}  // namespace cambium::state
