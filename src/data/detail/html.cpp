// The handbook's XHTML, reduced to headings and prose.
#include <algorithm>
#include <array>
#include <utility>

#include "data/detail/reader.hpp"

namespace cambium::data::detail {
namespace {

using Pair = std::pair<std::string_view, std::string_view>;
constexpr std::array<Pair, 9> kEntities = {
    Pair{"amp", "&"},  Pair{"lt", "<"},    Pair{"gt", ">"},    Pair{"quot", "\""},
    Pair{"nbsp", " "}, Pair{"#160", " "}, Pair{"apos", "'"}, Pair{"#8217", "'"},
    Pair{"#39", "'"}};

// Their content is not prose.
constexpr std::array<std::string_view, 5> kSkipped = {"head", "script", "style", "pre", "table"};
// They end a paragraph.
constexpr std::array<std::string_view, 12> kBlocks = {"p",  "div", "li", "ul", "ol", "h1",
                                                      "h2", "h3",  "h4", "dt", "dd", "br"};

template <std::size_t N>
bool among(const std::array<std::string_view, N>& names, std::string_view name) {
  return std::find(names.begin(), names.end(), name) != names.end();
}

std::string_view tag_name(std::string_view tag) {
  const std::size_t start = tag.starts_with("/") ? 1 : 0;
  return tag.substr(start, tag.find_first_of(" \t\n/>", start) - start);
}

// Appends the character of an entity and returns how far to go; unknown ones become a space.
std::size_t add_entity(std::string_view html, std::size_t at, std::string& out) {
  const std::size_t end = html.find(';', at);
  if (end == std::string_view::npos || end - at > 10) {
    out.push_back('&');
    return at + 1;
  }
  const std::string_view name = html.substr(at + 1, end - at - 1);
  const auto known = std::find_if(kEntities.begin(), kEntities.end(),
                                  [&](const Pair& pair) { return pair.first == name; });
  out.append(known == kEntities.end() ? " " : known->second);
  return end + 1;
}

// One space for any run of them; at most one empty line.
std::string squeezed(std::string_view text) {
  std::string out;
  for (const char c : text) {
    if (c == '\n') {
      while (!out.empty() && out.back() == ' ') out.pop_back();
      if (!out.ends_with("\n\n")) out.push_back('\n');
    } else if (c != ' ' || (!out.empty() && out.back() != ' ' && out.back() != '\n')) {
      out.push_back(c);
    }
  }
  return out;
}

}  // namespace

std::string clean_html(std::string_view html) {
  std::string out;
  for (std::size_t i = 0; i < html.size();) {
    if (html[i] == '&') {
      i = add_entity(html, i, out);
    } else if (html[i] != '<') {
      const char c = html[i++];
      out.push_back(c == '\n' || c == '\t' || c == '\r' ? ' ' : c);
    } else {
      const std::size_t end = html.find('>', i);
      if (end == std::string_view::npos) break;
      const std::string_view tag = html.substr(i + 1, end - i - 1);
      const std::string_view name = tag_name(tag);
      i = end + 1;
      const bool closes = tag.starts_with("/") || tag.ends_with("/");
      const bool navigation = name == "ul" && tag.find("docnav") != std::string_view::npos;
      if (!closes && (among(kSkipped, name) || navigation)) {
        const std::string close = "</" + std::string(name) + ">";
        const std::size_t stop = html.find(close, i);
        i = stop == std::string_view::npos ? html.size() : stop + close.size();
      }
      if (among(kBlocks, name)) out.append("\n\n");
    }
  }
  return squeezed(out);
}

Result<RawDocuments> read_handbook(const PackageRoot& root) {
  TRY(const auto base, root("debian-handbook"));
  const auto folder = base / "usr/share/doc/debian-handbook/html/en-US";
  TRY(const auto files, list_files(folder, ".html"));
  RawDocuments out;
  for (const auto& file : files) {
    const std::string id = file.filename().string();
    if (id == "ix01.html" || id == "index.html") continue;  // the index and the table of contents
    TRY(const std::string text, read_text_file(file));
    out.push_back({id, clean_html(text)});
  }
  return out;
}

}  // namespace cambium::data::detail
