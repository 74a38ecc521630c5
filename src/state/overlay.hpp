// Writes held over a View, with a journal so that any suffix of them can be undone.
#pragma once

#include <map>
#include <vector>

#include "state/view.hpp"

namespace cambium::state {

/// One entry that differs; `before` or `after` is absent where the key did not or does not exist.
struct Change {
  Bytes key;
  std::optional<Bytes> before;
  std::optional<Bytes> after;
  bool operator==(const Change&) const = default;
};
using Diff = std::vector<Change>;  // ascending by key, every change a real one

class Overlay final : public View {
 public:
  /// A place in the journal. Marks nest; rolling back to one forgets the marks taken after it.
  struct Mark {
    std::size_t position = 0;
  };

  /// `base` is borrowed and must not change while the overlay lives; it may be an Overlay.
  explicit Overlay(const View& base) : base_(base) {}
  // The journal points into the entries, so a copy would roll back somebody else's.
  Overlay(const Overlay&) = delete;
  Overlay& operator=(const Overlay&) = delete;

  std::optional<Bytes> get(ByteView key) const override;
  void scan(Range range, const Visit& visit) const override;

  /// Keys have 1..kMaxKeyBytes bytes and values at least one, because ICS-23 has no proof of an
  /// empty value; a marker is stored as one byte.
  void put(ByteView key, Bytes value);
  void erase(ByteView key);
  /// Puts `after` of every change, as an inner overlay's effects into the outer one.
  void apply(const Diff& diff);

  Mark mark() const { return {journal_.size()}; }
  void rollback(Mark to);

  Diff diff() const { return diff_since({0}); }
  /// What changed since the mark: one transaction's effects when it was taken before it.
  Diff diff_since(Mark since) const;

 private:
  using Value = std::optional<Bytes>;
  struct Less {
    using is_transparent = void;
    bool operator()(ByteView a, ByteView b) const { return less(a, b); }
  };
  struct Entry {
    Value value;
    std::size_t last_write = 0;  // journal position + 1 of the newest write
  };
  using Entries = std::map<Bytes, Entry, Less>;
  struct Undo {
    Entries::iterator entry;
    Value previous;              // what the entry held before this write, when it existed
    std::size_t previous_write;  // 0: the entry did not exist, `previous` is not meaningful
  };

  void write(ByteView key, Value value);

  const View& base_;
  Entries entries_;
  std::vector<Undo> journal_;
};

}  // namespace cambium::state
