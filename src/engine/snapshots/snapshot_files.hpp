// The names in a folder of snapshots, and its small text files.
#pragma once

#include <filesystem>
#include <optional>
#include <string>

#include "crypto/sha256.hpp"
#include "engine/snapshots/snapshot_facts.hpp"

namespace cambium::engine {

inline constexpr std::string_view kMetadataFile = "metadata";
inline constexpr std::string_view kSeenFile = "seen";

std::string full_name(Height height);
/// "120+100": height 120 from 100 on.
std::string increment_name(Height base, Height height);
struct SnapshotName {
  Height height;
  std::optional<Height> base;
};
/// Nothing for anything else, such as what is half written.
std::optional<SnapshotName> parse_name(std::string_view name);
std::string chunk_name(std::size_t index);

/// One line a chain: its id and height.
std::string seen_text(const std::vector<SeenChain>& chains);
std::vector<SeenChain> parse_seen(std::string_view text);

/// `not_found` where there is none.
Result<Bytes> read_file(const std::filesystem::path& path);

}  // namespace cambium::engine
