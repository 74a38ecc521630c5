#include "cli/commands/snapshot/compare.hpp"

#include <fmt/format.h>

#include "client/node_api.hpp"

namespace cambium::cli {

Result<std::size_t> compare_snapshots(const engine::SnapshotStore& snapshots,
                                      const OtherNode& other) {
  TRY(const auto url, client::parse_url(other.url));
  const client::NodeApi node{client::Http(url)};
  TRY(const auto said, node.get("/consensus/state_sync/snapshots", {{"chain", other.alias}}));
  std::size_t same = 0;
  for (const auto& item : client::child_at(said, "items")) {
    const Height height{item.value("height", std::uint64_t{0})};
    const std::string theirs = client::text_at(item, "hash");
    for (const auto& mine : snapshots.points()) {
      if (mine.height() != height || !mine.full() || item.value("kind", "") != "full") continue;
      if (mine.hash.hex() == theirs) {
        ++same;
        continue;
      }
      return fail(ErrorCode::corrupt,
                  fmt::format("The full snapshot of {} at height {} is {} here and {} at {}, and "
                              "should be the same bytes on every node. `cambium snapshot verify "
                              "{}` on both tells which is wrong; delete that one.",
                              other.alias, height.value, mine.hash.hex(), theirs, other.url,
                              height.value));
    }
  }
  if (same > 0) return same;
  return fail(ErrorCode::not_found,
              fmt::format("{} and this home have no full snapshot of {} at one height yet; compare "
                          "again after the next.", other.url, other.alias));
}

}  // namespace cambium::cli
