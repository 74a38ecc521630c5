// Stands for the engine's block log: what a block wrote, appended and synced before its state is.
#pragma once

#include <fcntl.h>
#include <unistd.h>

#include <string>
#include <utility>
#include <vector>

#include "base/bytes.hpp"
#include "base/check.hpp"

namespace cambium::bench {

class RedoLog {
 public:
  /// No file for an empty path.
  explicit RedoLog(const std::string& path) {
    if (!path.empty()) file_ = ::open(path.c_str(), O_CREAT | O_APPEND | O_WRONLY, 0644);
  }
  RedoLog(const RedoLog&) = delete;
  RedoLog& operator=(const RedoLog&) = delete;
  ~RedoLog() {
    if (file_ >= 0) ::close(file_);
  }

  void append(const std::vector<std::pair<Bytes, Bytes>>& entries) {
    Bytes out;
    for (const auto& [key, value] : entries) {
      cambium::append(out, key);
      cambium::append(out, value);
    }
    const auto written = ::write(file_, out.data(), out.size());
    CHECK(written == static_cast<ssize_t>(out.size()) && ::fdatasync(file_) == 0,
          "the benchmark's disk takes its log");
  }

 private:
  int file_ = -1;
};

}  // namespace cambium::bench
