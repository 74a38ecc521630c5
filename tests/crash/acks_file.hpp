// A file outside the home of the job that will be killed, kept by its parent.
#pragma once

#include <filesystem>
#include <memory>
#include <string>

#include "base/result.hpp"

namespace cambium::crash {

/// Appends lines to the file; each is written with one call, so a kill never tears one that a
/// reader would believe. Threads may call everything.
class AckFile {
 public:
  static Result<std::unique_ptr<AckFile>> open(const std::filesystem::path& path);
  ~AckFile();
  void line(const std::string& text);

 private:
  explicit AckFile(int fd) : fd_(fd) {}
  int fd_;
};

}  // namespace cambium::crash
