// The King James Bible. Its package keeps the text compressed in a form of its own, so the reader
// that belongs to it prints it: one verse a line, "Ge1:1 In the beginning ...".
#include "data/detail/command.hpp"
#include "data/detail/reader.hpp"

namespace cambium::data::detail {
namespace {

constexpr int kVersesPerParagraph = 5;

}  // namespace

Result<RawDocuments> read_kjv_bible(const PackageRoot& root) {
  TRY(const auto text_root, root("bible-kjv-text"));
  TRY(const auto program_root, root("bible-kjv"));
  const std::string program = (program_root / "usr/bin/bible").string();
  TRY(const std::string text,
      run_command({{program, "-f", "Gen1:1-Rev22:21"}, text_root / "usr/lib"}));
  RawDocuments out;
  int verses = 0;
  for (const std::string_view line : lines_of(text)) {
    const std::size_t colon = line.find(':');
    const std::size_t space = line.find(' ');
    if (colon == std::string_view::npos || space == std::string_view::npos || space < colon) {
      continue;
    }
    const std::string chapter(line.substr(0, colon));
    if (out.empty() || out.back().id != chapter) {
      out.push_back({chapter, ""});
      verses = 0;
    }
    std::string& page = out.back().text;
    if (verses > 0) page.append(verses % kVersesPerParagraph == 0 ? "\n\n" : " ");
    page.append(trim(line.substr(space)));
    ++verses;
  }
  if (out.empty()) {
    return fail(ErrorCode::corrupt, program + " printed no verses; install bible-kjv-text again.");
  }
  return out;
}

}  // namespace cambium::data::detail
