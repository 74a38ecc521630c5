#include "engine/snapshots/snapshot_files.hpp"

#include <fmt/format.h>

#include <charconv>
#include <fstream>
#include <sstream>

namespace cambium::engine {
namespace {

std::optional<Height> whole(std::string_view text) {
  Height out;
  const auto end = text.data() + text.size();
  const auto parsed = std::from_chars(text.data(), end, out.value);
  return parsed.ec == std::errc{} && parsed.ptr == end ? std::optional(out) : std::nullopt;
}

}  // namespace

std::string full_name(Height height) { return std::to_string(height.value); }

std::string increment_name(Height base, Height height) {
  return fmt::format("{}+{}", height.value, base.value);
}

std::optional<SnapshotName> parse_name(std::string_view name) {
  const auto plus = name.find('+');
  const auto height = whole(name.substr(0, plus));
  if (!height) return std::nullopt;
  if (plus == name.npos) return SnapshotName{*height, std::nullopt};
  const auto base = whole(name.substr(plus + 1));
  if (!base || *base >= *height) return std::nullopt;
  return SnapshotName{*height, base};
}

std::string chunk_name(std::size_t index) { return fmt::format("{:06}", index); }

std::string seen_text(const std::vector<SeenChain>& chains) {
  std::string out;
  for (const auto& chain : chains) {
    out += fmt::format("{} {}\n", chain.chain_id, chain.height.value);
  }
  return out;
}

std::vector<SeenChain> parse_seen(std::string_view text) {
  std::vector<SeenChain> out;
  std::istringstream in{std::string(text)};
  SeenChain chain;
  while (in >> chain.chain_id >> chain.height.value) out.push_back(chain);
  return out;
}

Result<Bytes> read_file(const std::filesystem::path& path) {
  std::ifstream in(path, std::ios::binary);
  std::ostringstream text;
  text << in.rdbuf();
  if (in && (text || text.str().empty())) return to_bytes(text.str());
  return fail(ErrorCode::not_found, fmt::format("{} is not there.", path.string()));
}

}  // namespace cambium::engine
