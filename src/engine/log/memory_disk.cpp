#include "engine/log/memory_disk.hpp"

namespace cambium::engine {
namespace {

Status disk_full() {
  return fail(ErrorCode::io, "The disk is full; free some space and start again.");
}

class MemoryFile final : public AppendFile {
 public:
  MemoryFile(MemoryDisk& disk, std::shared_ptr<MemoryDisk::Content> content)
      : disk_(disk), content_(std::move(content)) {}

  Status append(ByteView bytes) override {
    if (!disk_.spend()) return disk_full();
    cambium::append(content_->bytes, bytes);
    return {};
  }
  Status sync() override {
    if (!disk_.spend()) return disk_full();
    content_->synced = content_->bytes.size();
    return {};
  }
  std::uint64_t size() const override { return content_->bytes.size(); }
  Status truncate(std::uint64_t size) override {
    content_->bytes.resize(size);
    content_->synced = size;
    return {};
  }
  Result<Bytes> read(std::uint64_t offset, std::uint64_t size) const override {
    const Bytes& bytes = content_->bytes;
    if (offset > bytes.size() || size > bytes.size() - offset) {
      return fail(ErrorCode::corrupt, "The file ends too early.");
    }
    return to_bytes(ByteView(bytes).subspan(offset, size));
  }

 private:
  MemoryDisk& disk_;
  std::shared_ptr<MemoryDisk::Content> content_;
};

}  // namespace

bool MemoryDisk::spend() {
  if (left_ < 0) return true;
  if (left_ == 0) return false;
  --left_;
  return true;
}

Result<std::vector<std::string>> MemoryDisk::list() const {
  std::vector<std::string> names;
  for (const auto& [name, file] : files_) names.push_back(name);
  return names;
}

Result<std::unique_ptr<AppendFile>> MemoryDisk::open(const std::string& name) {
  auto& content = files_[name];
  if (!content) content = std::make_shared<Content>();
  return std::make_unique<MemoryFile>(*this, content);
}

void MemoryDisk::lose_unsynced(Random& random) {
  for (auto& [name, file] : files_) {
    std::size_t unsynced = file->bytes.size() - file->synced;
    std::size_t kept = unsynced == 0 ? 0 : random.below(unsynced + 1);
    file->bytes.resize(file->synced + kept);
    // Sectors of an unfinished write may hold anything.
    if (kept > 0 && random.below(2) == 0) {
      std::size_t torn = random.below(kept) + 1;
      random.fill({file->bytes.data() + file->bytes.size() - torn, torn});
    }
    file->synced = file->bytes.size();
  }
}

}  // namespace cambium::engine
