#include "base/detail/config_toml.hpp"

#include <fmt/format.h>

#include <fstream>
#include <sstream>

#define TOML_EXCEPTIONS 0
#include <toml++/toml.h>

namespace cambium::detail {
namespace {

std::string scalar_text(const toml::node& node) {
  if (const auto* text = node.as_string()) return text->get();
  if (const auto* whole = node.as_integer()) return fmt::format("{}", whole->get());
  if (const auto* real = node.as_floating_point()) return fmt::format("{}", real->get());
  if (const auto* flag = node.as_boolean()) return flag->get() ? "true" : "false";
  return "(a date)";
}

std::string value_text(const toml::node& node) {
  const auto* array = node.as_array();
  if (array == nullptr) return scalar_text(node);
  std::string joined;
  for (const auto& item : *array) {
    if (!joined.empty()) joined += ',';
    joined += scalar_text(item);
  }
  return joined;
}

void walk(const toml::table& table, const TomlValue& parent, std::vector<TomlValue>& out) {
  for (const auto& [name, node] : table) {
    std::string key = parent.key.empty() ? std::string(name.str())
                                         : fmt::format("{}.{}", parent.key, name.str());
    if (const auto* inner = node.as_table()) {
      walk(*inner, {key, "", parent.where}, out);
    } else {
      out.push_back({key, value_text(node),
                     fmt::format("{}:{}", parent.where, node.source().begin.line)});
    }
  }
}

}  // namespace

Result<std::vector<TomlValue>> flatten_toml(std::string_view toml, std::string_view source) {
  toml::parse_result parsed = toml::parse(toml);
  if (!parsed) {
    return fail(ErrorCode::invalid_input,
                fmt::format("{}:{}: not valid TOML: {}. Correct the line or comment it out.",
                            source, parsed.error().source().begin.line,
                            parsed.error().description()));
  }
  std::vector<TomlValue> out;
  walk(parsed.table(), {"", "", std::string(source)}, out);
  return out;
}

std::string toml_literal(const ConfigKey& key) {
  switch (key.type) {
    case ConfigType::text: return fmt::format("\"{}\"", key.initial);
    case ConfigType::list: {
      std::string out = "[";
      std::string_view rest = key.initial;
      while (!rest.empty()) {
        auto comma = rest.find(',');
        out += fmt::format("{}\"{}\"", out.size() > 1 ? ", " : "", rest.substr(0, comma));
        if (comma == std::string_view::npos) break;
        rest.remove_prefix(comma + 1);
      }
      return out + "]";
    }
    default: return std::string(key.initial);
  }
}

Result<std::string> read_text(const std::filesystem::path& file) {
  std::ifstream in(file, std::ios::binary);
  std::ostringstream text;
  if (!in || !(text << in.rdbuf() || in.peek() == EOF)) {
    return fail(ErrorCode::io,
                fmt::format("{} cannot be read; check that it exists and that you may read it.",
                            file.string()));
  }
  return text.str();
}

}  // namespace cambium::detail
