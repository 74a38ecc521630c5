#include "cli/node_link.hpp"

#include <fmt/format.h>

#include <fstream>

#include "cli/home_dir.hpp"
#include "node/node.hpp"

namespace cambium::cli {

std::filesystem::path address_file(const std::filesystem::path& home) { return home / "address"; }

Result<std::string> node_url(const Invocation& call) {
  if (const auto named = call.flag("node")) return *named;
  if (const auto named = call.variable("CAMBIUM_NODE")) return *named;
  TRY(const auto home, home_of(call));
  std::ifstream running(address_file(home));
  if (std::string url; running >> url) return url;
  TRY(const auto config, settings_of(call, home));
  return fmt::format("http://{}:{}", config.text("gateway.host"), config.whole("gateway.port"));
}

Result<client::NodeApi> node_of(const Invocation& call, std::stop_token stop) {
  TRY(const auto text, node_url(call));
  TRY(auto url, client::parse_url(text));
  const auto token = call.variable("CAMBIUM_API_KEY").value_or("");
  return client::NodeApi(client::Http(std::move(url), token, std::move(stop)));
}

std::string chain_of(const Invocation& call) {
  return call.flag_or("chain", std::string(node::kUtilityAlias));
}

Flag chain_flag() {
  return {"chain", "ID", "which chain: utility (the default), compute-0, or a chain's id"};
}

}  // namespace cambium::cli
