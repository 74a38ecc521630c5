#include "engine/cometbft/process/binary.hpp"

#include <fmt/format.h>
#include <unistd.h>

#include <cstdlib>
#include <vector>

namespace cambium::engine {
namespace {

namespace fs = std::filesystem;
constexpr const char* kName = "cometbft";

void add_with_parents(std::vector<fs::path>& out, fs::path folder) {
  for (; !folder.empty(); folder = folder.parent_path()) {
    out.push_back(folder / ".cambium" / "bin" / kName);
    if (folder == folder.root_path()) return;
  }
}

void add_path(std::vector<fs::path>& out) {
  const char* path = std::getenv("PATH");
  std::string_view rest = path == nullptr ? "" : path;
  while (!rest.empty()) {
    const auto colon = rest.find(':');
    out.push_back(fs::path(rest.substr(0, colon)) / kName);
    rest = colon == rest.npos ? "" : rest.substr(colon + 1);
  }
}

}  // namespace

Result<fs::path> find_cometbft(const std::string& named) {
  std::vector<fs::path> places;
  std::error_code error;
  if (!named.empty()) {
    places.push_back(named);
  } else {
    const fs::path self = fs::read_symlink("/proc/self/exe", error);
    places.push_back(self.parent_path() / kName);
    add_with_parents(places, self.parent_path());
    add_with_parents(places, fs::current_path(error));
    add_path(places);
    if (const char* home = std::getenv("HOME")) {
      places.push_back(fs::path(home) / "go" / "bin" / kName);
    }
  }
  for (const auto& place : places) {
    if (::access(place.c_str(), X_OK) == 0 && !fs::is_directory(place, error)) {
      return fs::absolute(place, error);
    }
  }
  return fail(ErrorCode::not_found,
              fmt::format("{} was not found. Run `tools/setup build`, which brings it, or name it "
                          "with engine.cometbft_binary.",
                          named.empty() ? "The program cometbft" : named));
}

}  // namespace cambium::engine
