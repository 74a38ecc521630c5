// A disk in memory that remembers what was synced, for tests and simulation.
#pragma once

#include <map>

#include "base/random.hpp"
#include "engine/log/disk.hpp"

namespace cambium::engine {

/// Files outlive the handles opened on them, as on a real disk. One thread uses it.
class MemoryDisk final : public Disk {
 public:
  Result<std::vector<std::string>> list() const override;
  Result<std::unique_ptr<AppendFile>> open(const std::string& name) override;

  /// A power cut: of what was not synced a random part stays, some of it torn to random bytes.
  void lose_unsynced(Random& random);
  /// After this many more operations every one fails, as on a full disk. -1: never.
  void fail_after(std::int64_t operations) { left_ = operations; }

  struct Content {
    Bytes bytes;
    std::size_t synced = 0;
  };
  /// The bytes of a file, to be damaged by a test.
  Content& content(const std::string& name) { return *files_.at(name); }
  /// Counts one operation; false when it must fail.
  bool spend();

 private:
  std::map<std::string, std::shared_ptr<Content>> files_;
  std::int64_t left_ = -1;
};

}  // namespace cambium::engine
