#include <fmt/format.h>
#include <unistd.h>

#include "base/check.hpp"
#include "base/crash_point.hpp"
#include "base/durable_file.hpp"
#include "store/block_store.hpp"
#include "store/detail/checksums.hpp"

namespace cambium::store {
namespace {

// In the order a put passes them.
const CrashPoint kAfterCreate("store.after_create");
const CrashPoint kAfterPiece("store.after_piece");
const CrashPoint kAfterWrite("store.after_write");
const CrashPoint kAfterSync("store.after_sync");
const CrashPoint kAfterChecksums("store.after_checksums");
const CrashPoint kAfterChecksumsRename("store.after_checksums_rename");
const CrashPoint kAfterRename("store.after_rename");
const CrashPoint kAfterFolderSync("store.after_folder_sync");

std::filesystem::path checksums_of(std::filesystem::path block) { return block += ".crc"; }

Status write_new(const std::filesystem::path& path, ByteView bytes) {
  TRY(auto file, OutputFile::create(path));
  TRY_STATUS(file.write(bytes));
  return file.sync();
}

}  // namespace

struct BlockStore::Writer::State {
  const BlockStore& store;
  OutputFile file;
  crypto::PayloadTreeBuilder tree;
  detail::ChecksumBuilder checksums;
  bool done = false;  // committed or failed: nothing more may be written
};

BlockStore::Writer::Writer(std::unique_ptr<State> state) : state_(std::move(state)) {}

BlockStore::Writer::~Writer() {
  // After a commit both names are gone already and this does nothing.
  ::unlink(state_->file.path().c_str());
  ::unlink(checksums_of(state_->file.path()).c_str());
}

Result<std::unique_ptr<BlockStore::Writer>> BlockStore::begin() {
  std::filesystem::path path;
  {
    const std::lock_guard lock(mutex_);
    path = dir_ / "tmp" / std::to_string(next_temp_++);
  }
  TRY(auto file, OutputFile::create(path));
  kAfterCreate.pass();
  auto state = std::make_unique<Writer::State>(Writer::State{*this, std::move(file), {}, {}});
  return std::unique_ptr<Writer>(new Writer(std::move(state)));
}

Status BlockStore::Writer::write(ByteView more) {
  CHECK(!state_->done, "the block is finished");
  TRY_STATUS(state_->file.write(more));
  state_->tree.add(more);
  state_->checksums.add(more);
  kAfterPiece.pass();
  return {};
}

Result<Hash> BlockStore::Writer::commit() { return finish(nullptr); }

Status BlockStore::Writer::commit_as(const Hash& expected) {
  TRY_STATUS(finish(&expected));
  return {};
}

Result<Hash> BlockStore::Writer::finish(const Hash* expected) {
  CHECK(!state_->done, "the block is finished");
  state_->done = true;
  const auto content_bytes = state_->tree.content_bytes();
  const auto index = state_->tree.finish();
  const auto root = index.back();
  if (expected != nullptr && root != *expected) {
    return fail(ErrorCode::corrupt,
                fmt::format("The received bytes have root {} but {} was announced; nothing was "
                            "stored, send the payload again.", root.hex(), expected->hex()));
  }
  if (state_->store.has(root)) {
    TRY(const auto damage, state_->store.scrub(root));
    if (damage.empty()) {
      TRY_STATUS(sync_folder(state_->store.path(root).parent_path()));  // its put may be under way
      return root;
    }
  }
  const auto tail = crypto::encode_payload_tail(content_bytes, index);
  TRY_STATUS(state_->file.write(tail));
  state_->checksums.add(tail);
  kAfterWrite.pass();
  TRY_STATUS(state_->file.sync());
  kAfterSync.pass();

  // The checksums go first, so that a visible block always has them.
  const auto& temp = state_->file.path();
  const auto final = state_->store.path(root);
  TRY_STATUS(write_new(checksums_of(temp), state_->checksums.finish()));
  kAfterChecksums.pass();
  TRY_STATUS(rename_file({checksums_of(temp), checksums_of(final)}));
  kAfterChecksumsRename.pass();
  TRY_STATUS(rename_file({temp, final}));
  kAfterRename.pass();
  TRY_STATUS(sync_folder(final.parent_path()));
  kAfterFolderSync.pass();
  return root;
}

Result<Hash> BlockStore::put(ByteView content) {
  TRY(const auto writer, begin());
  TRY_STATUS(writer->write(content));
  return writer->commit();
}

Status BlockStore::put_as(const Hash& expected, ByteView content) {
  TRY(const auto writer, begin());
  TRY_STATUS(writer->write(content));
  return writer->commit_as(expected);
}

}  // namespace cambium::store
