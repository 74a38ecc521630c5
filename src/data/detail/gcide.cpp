// The Collaborative International Dictionary: headwords, definitions and quotations.
#include "data/detail/reader.hpp"

namespace cambium::data::detail {
namespace {

// Drops [etymologies and sources], braces of cross references and pronunciation backslashes.
std::string without_marks(std::string_view text) {
  std::string out;
  int depth = 0;
  bool pronunciation = false;
  for (const char c : text) {
    if (c == '[') ++depth;
    if (c == '\\') pronunciation = !pronunciation;
    const bool mark = c == '{' || c == '}' || c == '\\' || c == '[' || c == ']';
    if (depth == 0 && !pronunciation && !mark) {
      const bool space = c == ' ' || c == '\n' || c == '\t';
      if (!space) out.push_back(c);
      else if (!out.empty() && out.back() != ' ') out.push_back(' ');
    }
    if (c == ']' && depth > 0) --depth;
  }
  return out;
}

bool begins_entry(std::string_view line) { return !line.empty() && line.front() != ' '; }

}  // namespace

Result<RawDocuments> read_gcide(const PackageRoot& root) {
  TRY(const auto base, root("dict-gcide"));
  TRY(const std::string text, read_text_file(base / "usr/share/dictd/gcide.dict.dz"));
  std::vector<std::string> entries;
  std::string entry;
  for (const std::string_view line : lines_of(text)) {
    if (begins_entry(line) && !entry.empty()) {
      entries.emplace_back(trim(without_marks(entry)));
      entry.clear();
    }
    if (line.starts_with("00-database")) continue;
    entry.append(line).push_back('\n');
  }
  if (!entry.empty()) entries.emplace_back(trim(without_marks(entry)));
  return group_entries("entries", entries);
}

}  // namespace cambium::data::detail
