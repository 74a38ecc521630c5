// WordNet's synsets as dictionary lines: "words: gloss".
#include <algorithm>
#include <array>

#include "data/detail/reader.hpp"

namespace cambium::data::detail {
namespace {

// A data line is "offset file type count word lex_id word lex_id ... | gloss", the count being two
// hexadecimal digits (wndb(5WN)).
std::string entry_of(std::string_view line) {
  const std::size_t bar = line.find(" | ");
  if (bar == std::string_view::npos || line.size() < 20 || line.front() == ' ') return {};
  std::vector<std::string_view> fields;
  for (std::string_view rest = line.substr(0, bar); !rest.empty() && fields.size() < 64;) {
    const std::size_t end = std::min(rest.find(' '), rest.size());
    fields.push_back(rest.substr(0, end));
    rest.remove_prefix(std::min(rest.size(), end + 1));
  }
  if (fields.size() < 6) return {};
  const std::size_t count = std::min<std::size_t>(
      {std::stoul(std::string(fields[3]), nullptr, 16), 3, (fields.size() - 4) / 2});
  std::string out;
  for (std::size_t i = 0; i < count; ++i) {
    if (i > 0) out.append(", ");
    std::string word(fields[4 + 2 * i]);
    word = word.substr(0, word.find('('));
    std::replace(word.begin(), word.end(), '_', ' ');
    out.append(word);
  }
  return out.append(": ").append(trim(line.substr(bar + 3)));
}

}  // namespace

Result<RawDocuments> read_wordnet(const PackageRoot& root) {
  TRY(const auto base, root("wordnet-base"));
  RawDocuments out;
  for (const std::string part : {"adj", "adv", "noun", "verb"}) {
    TRY(const std::string text, read_text_file(base / ("usr/share/wordnet/data." + part)));
    std::vector<std::string> entries;
    for (const std::string_view line : lines_of(text)) {
      if (auto entry = entry_of(line); !entry.empty()) entries.push_back(std::move(entry));
    }
    for (RawDocument& document : group_entries(part, entries)) out.push_back(std::move(document));
  }
  return out;
}

}  // namespace cambium::data::detail
