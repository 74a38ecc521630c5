#include "cli/commands/net/height_watch.hpp"

#include <fmt/format.h>

#include <condition_variable>
#include <map>

#include "client/chain_api.hpp"
#include "node/node.hpp"

namespace cambium::cli {
namespace {

constexpr auto kEvery = std::chrono::milliseconds(250);
constexpr std::size_t kRemembered = 1'000;

/// What was first said about each height.
class Heights {
 public:
  explicit Heights(Invocation& call) : call_(call) {}

  void hear(std::size_t node, const client::ChainStatus& status) {
    if (status.height == 0) return;
    const std::string root = client::text_at(status.all, "state_root");
    const auto [known, fresh] = roots_.emplace(status.height, root);
    if (roots_.size() > kRemembered) roots_.erase(roots_.begin());
    if (known->second != root) {
      call_.console.talk(fmt::format("node{} has another state at height {}: {} instead of {}",
                                     node, status.height, root, known->second));
    }
    if (!fresh || status.height <= newest_) return;
    newest_ = status.height;
    if (call_.json()) {
      call_.console.object({{"step", "block"}, {"height", status.height}, {"state_root", root},
                            {"block_hash", client::text_at(status.all, "block_hash")}});
    } else {
      call_.console.line(fmt::format("height {:<6} state {}", status.height,
                                     root.substr(0, 16)));
    }
  }

 private:
  Invocation& call_;
  std::map<std::uint64_t, std::string> roots_;
  std::uint64_t newest_ = 0;
};

}  // namespace

void watch_heights(Invocation& call, const std::vector<std::string>& urls, std::stop_token stop) {
  std::vector<client::NodeApi> nodes;
  for (const auto& url : urls) {
    if (auto parsed = client::parse_url(url)) nodes.emplace_back(client::Http(*parsed, "", stop));
  }
  Heights heights(call);
  std::mutex mutex;
  std::condition_variable_any changed;
  std::unique_lock lock(mutex);
  while (!stop.stop_requested()) {
    for (std::size_t i = 0; i < nodes.size() && !stop.stop_requested(); ++i) {
      const auto status =
          client::ChainApi(nodes[i], std::string(node::kUtilityAlias)).status();
      if (status) heights.hear(i, *status);
    }
    changed.wait_for(lock, stop, kEvery, [] { return false; });
  }
}

}  // namespace cambium::cli
