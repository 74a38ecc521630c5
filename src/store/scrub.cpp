#include <fmt/format.h>

#include <algorithm>

#include "store/block_store.hpp"
#include "store/detail/checksums.hpp"

namespace cambium::store {
namespace {

/// What the Merkle tree says of a block whose checksums are missing or damaged.
std::vector<Damage> judge_by_tree(const Hash& root, ByteView file) {
  std::vector<Damage> found;
  const auto whole = [&](std::string reason) {
    found.push_back({root, 0, file.size(), std::move(reason)});
  };
  const auto parts = crypto::split_payload_file(file);
  if (!parts) {
    whole(parts.error().message);
    return found;
  }
  const auto verifier = crypto::PayloadVerifier::over(*parts, root);
  if (!verifier) {
    whole(verifier.error().message);
    return found;
  }
  for (std::uint64_t at = 0; at < parts->content.size(); at += crypto::kPayloadSubtreeBytes) {
    const auto size =
        std::min<std::uint64_t>(crypto::kPayloadSubtreeBytes, parts->content.size() - at);
    const auto sound = verifier->verify(at, size);
    if (!sound) found.push_back({root, at, size, sound.error().message});
  }
  if (found.empty()) {
    found.push_back({root, 0, 0,
                     fmt::format("The checksum file of block {} is missing or damaged while the "
                                 "block is intact; store the block again to renew it.",
                                 root.hex())});
  }
  return found;
}

}  // namespace

Result<std::vector<Damage>> BlockStore::scrub(const Hash& root) const {
  TRY(const auto file, MappedFile::open(path(root)));
  const auto sidecar = MappedFile::open(path(root) += ".crc");
  const auto sums = sidecar ? detail::read_checksums(sidecar->bytes()) : std::nullopt;
  if (!sums) return judge_by_tree(root, file.bytes());
  std::vector<Damage> found;
  for (const auto range : detail::mismatches(file.bytes(), *sums)) {
    const auto at = range * detail::kChecksumBytes;
    const auto size = std::min<std::uint64_t>(detail::kChecksumBytes, file.bytes().size() - at);
    found.push_back({root, at, size,
                     fmt::format("Block {} is damaged within bytes {} to {} of its file; erase it "
                                 "and fetch it again.", root.hex(), at, at + size)});
  }
  return found;
}

Result<ScrubReport> BlockStore::scrub() const {
  ScrubReport report;
  TRY(const auto roots, list());
  for (const auto& root : roots) {
    auto damage = scrub(root);
    if (!damage && damage.error().code == ErrorCode::not_found) continue;  // erased meanwhile
    if (!damage) return forward_error(std::move(damage));
    std::error_code ignored;
    report.bytes += std::filesystem::file_size(path(root), ignored);
    ++report.blocks;
    std::move(damage->begin(), damage->end(), std::back_inserter(report.damage));
  }
  return report;
}

}  // namespace cambium::store
