#include "engine/cometbft/process/log_watch.hpp"

#include <fstream>

namespace cambium::engine {
namespace {

std::uintmax_t size_of(const std::filesystem::path& path) {
  std::error_code error;
  const auto size = std::filesystem::file_size(path, error);
  return error ? 0 : size;
}

}  // namespace

LogWatch::LogWatch(std::filesystem::path log, std::string words)
    : log_(std::move(log)), words_(std::move(words)), offset_(size_of(log_)) {}

std::optional<std::string> LogWatch::next() {
  const auto size = size_of(log_);
  if (words_.empty() || size == offset_) return std::nullopt;
  if (size < offset_) offset_ = 0;  // somebody rotated it
  std::ifstream in(log_, std::ios::binary);
  in.seekg(static_cast<std::streamoff>(offset_));
  std::string line;
  while (std::getline(in, line) && !in.eof()) {
    offset_ += line.size() + 1;
    if (line.find(words_) != line.npos) return line;
  }
  return std::nullopt;
}

}  // namespace cambium::engine
