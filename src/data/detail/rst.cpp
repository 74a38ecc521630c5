// reStructuredText as the kernel's documentation uses it, reduced to its prose.
#include <algorithm>

#include "data/detail/reader.hpp"

namespace cambium::data::detail {
namespace {

std::size_t indent_of(std::string_view line) {
  std::size_t n = 0;
  for (const char c : line) {
    if (c == ' ') ++n;
    else if (c == '\t') n += 8;
    else break;
  }
  return n;
}

// A line of ===, ---, ~~~ and the like, or a table's border.
bool is_rule(std::string_view line) {
  const std::string_view s = trim(line);
  if (s.size() < 3) return false;
  return s.find_first_not_of("=-~^\"*+#`.:_<>'| ") == std::string_view::npos;
}

bool is_table_row(std::string_view line) {
  const std::string_view s = trim(line);
  return s.size() > 1 && (s.front() == '|' || s.front() == '+');
}

// ":Author: x", ":c:func:`x`" at the start of a line is a field only when a space follows it.
bool is_field(std::string_view line) {
  const std::string_view s = trim(line);
  if (s.size() < 3 || s.front() != ':') return false;
  const std::size_t end = s.find(':', 1);
  return end != std::string_view::npos && end + 1 < s.size() && s[end + 1] == ' ';
}

// Roles, emphasis, literals and links keep their words and lose their marks.
std::string strip_inline(std::string_view line) {
  std::string out;
  for (std::size_t i = 0; i < line.size(); ++i) {
    const char c = line[i];
    if (c == '`' || c == '*' || c == '|') continue;
    if (c == ':' && i + 1 < line.size() && line[i + 1] != ' ') {
      const std::size_t tick = line.find(":`", i + 1);
      const bool role = tick != std::string_view::npos && tick - i < 24 &&
                        line.substr(i, tick - i).find(' ') == std::string_view::npos;
      if (role) {
        i = tick + 1;
        continue;
      }
    }
    if (c == '\t') out.push_back(' ');
    else out.push_back(c);
  }
  return out;
}

// Skips a directive or a literal block: everything indented deeper than its first line.
std::size_t skip_block(const std::vector<std::string_view>& lines, std::size_t at,
                       std::size_t indent) {
  while (at < lines.size() && (trim(lines[at]).empty() || indent_of(lines[at]) > indent)) ++at;
  return at;
}

struct Writer {
  std::string out;
  bool open = false;

  void end_paragraph() {
    if (open) out.append("\n\n");
    open = false;
  }
  void add(std::string_view words) {
    if (words.empty()) return;
    if (open) out.push_back(' ');
    out.append(words);
    open = true;
  }
};

}  // namespace

std::string clean_rst(std::string_view rst) {
  const auto lines = lines_of(rst);
  Writer w;
  for (std::size_t i = 0; i < lines.size(); ++i) {
    const std::string_view s = trim(lines[i]);
    const std::size_t indent = indent_of(lines[i]);
    if (s.starts_with("..") && (s.size() == 2 || s[2] == ' ')) {
      w.end_paragraph();
      i = skip_block(lines, i + 1, indent) - 1;
    } else if (s.empty() || is_rule(s) || is_table_row(s) || is_field(s)) {
      w.end_paragraph();
    } else {
      const bool literal = s.ends_with("::");
      std::string words = strip_inline(literal ? s.substr(0, s.size() - 1) : s);
      const bool item = s.starts_with("- ") || s.starts_with("* ");
      if (item) w.end_paragraph();
      w.add(trim(item ? std::string_view(words).substr(1) : words));
      if (literal) {
        w.end_paragraph();
        i = skip_block(lines, i + 1, indent) - 1;
      }
    }
  }
  w.end_paragraph();
  return std::move(w.out);
}

Result<RawDocuments> read_kernel_doc(const PackageRoot& root) {
  TRY(const auto base, root("linux-doc-6.1"));
  const auto folder = base / "usr/share/doc/linux-doc-6.1/Documentation";
  TRY(const auto files, list_files(folder, ".rst.gz"));
  RawDocuments out;
  for (const auto& file : files) {
    const std::string id = file.lexically_relative(folder).string();
    if (id.starts_with("translations/")) continue;
    TRY(const std::string text, read_text_file(file));
    out.push_back({id, clean_rst(text)});
  }
  return out;
}

}  // namespace cambium::data::detail
