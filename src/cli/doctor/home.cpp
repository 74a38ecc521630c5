// Checks of the home directory and the node.
#include <fmt/format.h>

#include "cli/doctor/checks.hpp"
#include "cli/home_dir.hpp"
#include "cli/node_link.hpp"
#include "data/corpus.hpp"

namespace cambium::cli {
namespace {

using enum Finding::Kind;
namespace fs = std::filesystem;

bool has_text(const Invocation& call, const fs::path& home, const std::string& package) {
  std::error_code error;
  const fs::path unpacked = call.variable("CAMBIUM_TEXT").value_or(".cambium/text");
  return fs::exists(unpacked / package, error) ||
         fs::exists(node::HomePaths{home}.datasets() / "packages" / package, error) ||
         fs::exists(fs::path("/usr/share/doc") / package / "copyright", error);
}

}  // namespace

Finding check_home(const fs::path& home) {
  std::error_code error;
  if (!fs::exists(home, error)) {
    return {"home", good, fmt::format("{} will be made by `cambium up`", home.string())};
  }
  const auto lock = node::HomeLock::take({home});
  if (lock) return {"home", good, fmt::format("{} is free", home.string())};
  const bool busy = lock.error().code == ErrorCode::refused;
  return {"home", busy ? note : bad, lock.error().message,
          busy ? "Nothing to do if that is your own node."
               : "Mend the folder's permissions, or choose another with --home."};
}

Finding check_text(const Invocation& call, const fs::path& home) {
  std::string missing;
  for (const auto& package : data::packages_needed()) {
    if (!has_text(call, home, package)) missing += " " + package;
  }
  if (missing.empty()) return {"text", good, "every package that the datasets need is there"};
  return {"text", note, "not here yet:" + missing,
          "`cambium up` fetches them with apt-get; without a network run tools/setup text before."};
}

Finding check_node(const Invocation& call) {
  const auto node = node_of(call);
  const auto health = node ? node->health() : tl::unexpected<Error>(node.error());
  if (!health) return {"node", note, health.error().message, "`cambium up` starts one."};
  return {"node", good,
          fmt::format("{} answers: {}, up {} s", node->url(), client::text_at(*health, "status"),
                      client::text_at(*health, "uptime_s"))};
}

}  // namespace cambium::cli
