#include "state/overlay.hpp"

#include <gtest/gtest.h>

#include "state/testing/world.hpp"

namespace cambium::state {
namespace {

using testing::contents;
using testing::Model;

class ModelView final : public View {
 public:
  Model entries;
  std::optional<Bytes> get(ByteView key) const override {
    const auto it = entries.find(to_bytes(key));
    return it == entries.end() ? std::nullopt : std::optional(it->second);
  }
  void scan(Range range, const Visit& visit) const override {
    for (const auto& [key, value] : entries) {
      if (!starts_with(key, range.prefix)) continue;
      if (!range.start_after.empty() && !less(range.start_after, key)) continue;
      if (!visit(key, value)) return;
    }
  }
};

Model scanned(const View& view, Range range) {
  Model out;
  view.scan(range, [&](ByteView key, ByteView value) {
    EXPECT_TRUE(out.empty() || less(out.rbegin()->first, key)) << "ascending";
    out.emplace(to_bytes(key), to_bytes(value));
    return true;
  });
  return out;
}

TEST(Overlay, reads_its_writes_over_the_base) {
  ModelView base;
  base.entries[to_bytes("a")] = to_bytes("1");
  Overlay overlay(base);
  overlay.put(as_bytes("b"), to_bytes("2"));
  overlay.erase(as_bytes("a"));
  EXPECT_EQ(overlay.get(as_bytes("a")), std::nullopt);
  EXPECT_EQ(overlay.get(as_bytes("b")), to_bytes("2"));
  EXPECT_EQ(base.entries.size(), 1u);
}

TEST(Overlay, diff_names_only_real_changes) {
  ModelView base;
  base.entries[to_bytes("a")] = to_bytes("1");
  base.entries[to_bytes("b")] = to_bytes("2");
  Overlay overlay(base);
  overlay.put(as_bytes("a"), to_bytes("9"));
  overlay.put(as_bytes("a"), to_bytes("1"));
  overlay.erase(as_bytes("b"));
  overlay.erase(as_bytes("c"));
  EXPECT_EQ(overlay.diff(), (Diff{{to_bytes("b"), to_bytes("2"), std::nullopt}}));
}

TEST(Overlay, diff_since_a_mark_is_one_transactions_effect) {
  EmptyView base;
  Overlay overlay(base);
  overlay.put(as_bytes("a"), to_bytes("1"));
  const auto mark = overlay.mark();
  overlay.put(as_bytes("a"), to_bytes("2"));
  overlay.put(as_bytes("a"), to_bytes("3"));
  EXPECT_EQ(overlay.diff_since(mark), (Diff{{to_bytes("a"), to_bytes("1"), to_bytes("3")}}));
}

// Random writes, nested marks and rollbacks against copies of a map (B/CORE state overlay).
TEST(Overlay, agrees_with_the_model) {
  for (std::uint64_t seed = 1; seed <= 20; ++seed) {
    SeededRandom random(seed);
    ModelView base;
    for (int i = 0; i < 30; ++i)
      base.entries[to_bytes(std::to_string(random.below(100)))] = to_bytes("base");
    Overlay overlay(base);
    Model model = base.entries;
    std::vector<std::pair<Overlay::Mark, Model>> marks;
    for (int step = 0; step < 300; ++step) {
      const Bytes key = to_bytes(std::to_string(random.below(100)));
      const auto action = random.below(10);
      if (action < 5) {
        model[key] = to_bytes(std::to_string(step));
        overlay.put(key, model[key]);
      } else if (action < 7) {
        model.erase(key);
        overlay.erase(key);
      } else if (action == 7) {
        marks.push_back({overlay.mark(), model});
      } else if (action == 8 && !marks.empty()) {
        overlay.rollback(marks.back().first);
        model = marks.back().second;
        marks.pop_back();
      } else {
        const Bytes prefix = to_bytes(std::to_string(random.below(10)));
        ModelView expected;
        expected.entries = model;
        EXPECT_EQ(scanned(overlay, {prefix, key}), scanned(expected, {prefix, key}));
      }
    }
    EXPECT_EQ(contents(overlay), model);
    Overlay twin(base);
    twin.apply(overlay.diff());
    EXPECT_EQ(contents(twin), model);
  }
}

}  // namespace
}  // namespace cambium::state
