#include "cli/commands/config/config_edit.hpp"

#include <fmt/format.h>

#include <vector>

#include "base/detail/nearest.hpp"

namespace cambium::cli {
namespace {

std::string in_quotes(std::string_view text) {
  std::string out = "\"";
  for (const char c : text) {
    if (c == '"' || c == '\\') out += '\\';
    out += c;
  }
  return out + "\"";
}

std::vector<std::string> split(std::string_view text, char at) {
  std::vector<std::string> out;
  for (;;) {
    const auto end = text.find(at);
    out.emplace_back(text.substr(0, end));
    if (end == std::string_view::npos) return out;
    text.remove_prefix(end + 1);
  }
}

/// "name = ..." or "# name = ...".
bool sets(std::string_view line, std::string_view name) {
  while (line.starts_with('#') || line.starts_with(' ')) line.remove_prefix(1);
  if (!line.starts_with(name)) return false;
  line.remove_prefix(name.size());
  while (line.starts_with(' ')) line.remove_prefix(1);
  return line.starts_with('=');
}

}  // namespace

std::string toml_value(ConfigType type, std::string_view value) {
  if (type == ConfigType::text) return in_quotes(value);
  if (type != ConfigType::list) return std::string(value);
  std::string out;
  if (!value.empty()) {
    for (const auto& item : split(value, ',')) out += (out.empty() ? "" : ", ") + in_quotes(item);
  }
  return "[" + out + "]";
}

std::string with_setting(const std::string& text, const Setting& setting) {
  const auto dot = setting.key.find('.');
  const std::string header = fmt::format("[{}]", setting.key.substr(0, dot));
  const auto name = setting.key.substr(dot + 1);
  const std::string line = fmt::format("{} = {}", name, setting.value);
  auto lines = split(text, '\n');
  std::size_t last = 0;  // of the section, 1-based
  bool inside = false;
  for (std::size_t i = 0; i < lines.size(); ++i) {
    if (lines[i].starts_with('[')) inside = lines[i].starts_with(header);
    if (!inside) continue;
    if (sets(lines[i], name)) {
      lines[i] = line;
      return fmt::format("{}", fmt::join(lines, "\n"));
    }
    if (!lines[i].empty()) last = i + 1;
  }
  if (last == 0) return text + fmt::format("\n{}\n{}\n", header, line);
  lines.insert(lines.begin() + static_cast<std::ptrdiff_t>(last), line);
  return fmt::format("{}", fmt::join(lines, "\n"));
}

Result<const ConfigKey*> declared_key(std::string_view key) {
  std::vector<std::string> known;
  for (const auto& item : config_keys()) {
    if (item.key == key) return &item;
    known.emplace_back(item.key);
  }
  return fail(ErrorCode::invalid_input,
              fmt::format("There is no setting `{}`; did you mean `{}`? `cambium config list` "
                          "shows them all.", key, detail::nearest(key, known)));
}

std::string_view type_word(ConfigType type) {
  switch (type) {
    case ConfigType::text: return "text";
    case ConfigType::whole: return "whole number";
    case ConfigType::real: return "number";
    case ConfigType::flag: return "true or false";
    case ConfigType::list: return "list";
  }
  return "text";
}

}  // namespace cambium::cli
