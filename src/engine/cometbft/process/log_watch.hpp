// Reads what a child appends to its log, for words after which it is of no use although it runs on.
#pragma once

#include <filesystem>
#include <optional>
#include <string>

namespace cambium::engine {

class LogWatch {
 public:
  /// Begins at the file's end, so that what an earlier run wrote is not taken for news. Looks for
  /// nothing when `words` is empty.
  LogWatch(std::filesystem::path log, std::string words);

  /// The first new line with the words since the last call; a line is seen once it is complete.
  std::optional<std::string> next();

 private:
  std::filesystem::path log_;
  std::string words_;
  std::uintmax_t offset_ = 0;
};

}  // namespace cambium::engine
