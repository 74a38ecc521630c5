#include "store/block_store.hpp"

#include <fmt/format.h>
#include <unistd.h>

#include <algorithm>
#include <cerrno>

#include "base/crash_point.hpp"
#include "base/durable_file.hpp"
#include "base/mapped_file.hpp"

namespace cambium::store {
namespace {

namespace fs = std::filesystem;

const CrashPoint kAfterErase("store.after_erase");

/// The error of a std::filesystem call.
Error folder_error(std::error_code code, std::string_view doing, const fs::path& path) {
  errno = code.value();
  return io_error(doing, path);
}

/// Every plain file of a folder, by name.
Result<std::vector<fs::path>> files_of(const fs::path& folder) {
  std::error_code code;
  std::vector<fs::path> files;
  fs::directory_iterator at(folder, code);
  for (; !code && at != fs::directory_iterator(); at.increment(code)) files.push_back(at->path());
  if (code) return tl::unexpected(folder_error(code, "list", folder));
  std::sort(files.begin(), files.end());
  return files;
}

bool is_checksums(const fs::path& file) { return file.extension() == ".crc"; }

}  // namespace

Result<std::unique_ptr<BlockStore>> BlockStore::open(const fs::path& dir) {
  for (const auto* folder : {"blocks", "tmp"}) {
    std::error_code code;
    fs::create_directories(dir / folder, code);
    if (code) return tl::unexpected(folder_error(code, "make the folder", dir / folder));
  }
  TRY(auto lock, detail::FolderLock::take(dir));
  std::unique_ptr<BlockStore> store(new BlockStore(dir, std::move(lock)));
  TRY_STATUS(store->clean_up());
  TRY_STATUS(store->load_pins());
  return store;
}

Status BlockStore::clean_up() {
  TRY(const auto unfinished, files_of(dir_ / "tmp"));
  for (const auto& file : unfinished) {
    if (::unlink(file.c_str()) != 0) return tl::unexpected(io_error("remove", file));
  }
  TRY(const auto files, files_of(dir_ / "blocks"));
  for (const auto& file : files) {
    // A crash between the two renames of a put leaves checksums of a block that never appeared.
    if (is_checksums(file) && !fs::exists(fs::path(file).replace_extension())) {
      ::unlink(file.c_str());
    }
  }
  return {};
}

fs::path BlockStore::path(const Hash& root) const { return dir_ / "blocks" / root.hex(); }

bool BlockStore::has(const Hash& root) const {
  std::error_code ignored;
  return fs::exists(path(root), ignored);
}

Result<std::unique_ptr<StoredPayload>> BlockStore::open(const Hash& root) const {
  if (!has(root)) {
    return fail(ErrorCode::not_found,
                fmt::format("Payload {} is not in this store; fetch it from a peer.", root.hex()));
  }
  TRY(auto file, MappedFile::open(path(root)));
  TRY(const auto parts, crypto::split_payload_file(file.bytes()));
  TRY(auto verifier, crypto::PayloadVerifier::over(parts, root));
  return std::make_unique<StoredPayload>(std::move(file), std::move(verifier));
}

Status BlockStore::erase(const Hash& root) {
  const std::lock_guard lock(mutex_);
  if (pins_.contains(root)) {
    return fail(ErrorCode::refused,
                fmt::format("Payload {} is pinned; unpin it before erasing it.", root.hex()));
  }
  const auto block = path(root);
  if (::unlink(block.c_str()) != 0) return tl::unexpected(io_error("erase", block));
  kAfterErase.pass();
  auto checksums = block;
  checksums += ".crc";
  ::unlink(checksums.c_str());
  return sync_folder(block.parent_path());
}

Result<std::vector<Hash>> BlockStore::list() const {
  TRY(const auto files, files_of(dir_ / "blocks"));
  std::vector<Hash> roots;
  for (const auto& file : files) {
    const auto root = Hash::from_hex(file.filename().string());
    if (root) roots.push_back(*root);
  }
  std::sort(roots.begin(), roots.end());
  return roots;
}

Result<std::uint64_t> BlockStore::bytes_used() const {
  TRY(const auto files, files_of(dir_ / "blocks"));
  std::uint64_t bytes = 0;
  for (const auto& file : files) {
    std::error_code gone;  // erased between listing and asking: counts as nothing
    const auto size = fs::file_size(file, gone);
    if (!gone) bytes += size;
  }
  return bytes;
}

}  // namespace cambium::store
