#include <algorithm>
#include <array>
#include <zlib.h>

#include "data/detail/reader.hpp"

namespace cambium::data::detail {
namespace {

constexpr std::size_t kDocumentBytes = 4096;

}  // namespace

Result<std::string> read_text_file(const std::filesystem::path& path) {
  // zlib reads plain files as they are, and a dictzip file is a gzip file with an index.
  gzFile file = gzopen(path.c_str(), "rb");
  if (file == nullptr) {
    return fail(ErrorCode::io, "Could not open " + path.string() + "; is its package whole?");
  }
  std::string out;
  std::array<char, 1 << 16> buffer;
  int n = 0;
  while ((n = gzread(file, buffer.data(), buffer.size())) > 0) {
    out.append(buffer.data(), static_cast<std::size_t>(n));
  }
  gzclose(file);
  if (n < 0) return fail(ErrorCode::corrupt, path.string() + " is damaged; fetch it again.");
  return out;
}

Result<std::vector<std::filesystem::path>> list_files(const std::filesystem::path& folder,
                                                      std::string_view ending) {
  std::vector<std::filesystem::path> out;
  std::error_code error;
  std::filesystem::recursive_directory_iterator at(folder, error);
  if (error) {
    return fail(ErrorCode::not_found, "There is no folder " + folder.string() + ".");
  }
  for (; at != std::filesystem::recursive_directory_iterator(); at.increment(error)) {
    if (at->is_regular_file(error) && at->path().string().ends_with(ending)) {
      out.push_back(at->path());
    }
  }
  std::sort(out.begin(), out.end());
  return out;
}

std::vector<std::string_view> lines_of(std::string_view text) {
  std::vector<std::string_view> out;
  while (!text.empty()) {
    const std::size_t end = std::min(text.find('\n'), text.size());
    out.push_back(text.substr(0, end));
    text.remove_prefix(std::min(text.size(), end + 1));
  }
  return out;
}

std::string_view trim(std::string_view text) {
  const auto first = text.find_first_not_of(" \t\r\n");
  if (first == std::string_view::npos) return {};
  return text.substr(first, text.find_last_not_of(" \t\r\n") - first + 1);
}

RawDocuments group_entries(std::string_view prefix, const std::vector<std::string>& entries) {
  RawDocuments out;
  for (const std::string& entry : entries) {
    if (out.empty() || out.back().text.size() + entry.size() > kDocumentBytes) {
      out.push_back({std::string(prefix) + "/" + std::to_string(out.size()), ""});
    }
    std::string& text = out.back().text;
    if (!text.empty()) text.append("\n\n");
    text.append(entry);
  }
  return out;
}

}  // namespace cambium::data::detail
