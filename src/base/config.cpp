#include "base/config.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <charconv>

#include "base/check.hpp"
#include "base/detail/config_toml.hpp"
#include "base/detail/nearest.hpp"

extern char** environ;  // NOLINT: declared by POSIX, not by a C++ header

namespace cambium {
namespace {

std::string_view type_name(ConfigType type) {
  switch (type) {
    case ConfigType::text: return "a text";
    case ConfigType::whole: return "a whole number >= 0";
    case ConfigType::real: return "a number";
    case ConfigType::flag: return "true or false";
    case ConfigType::list: return "a list of texts";
  }
  return "a value";
}

template <class T>
bool parses_as(std::string_view value) {
  T out{};
  auto [end, error] = std::from_chars(value.data(), value.data() + value.size(), out);
  return error == std::errc() && end == value.data() + value.size();
}

bool well_typed(ConfigType type, std::string_view value) {
  switch (type) {
    case ConfigType::whole: return parses_as<std::uint64_t>(value);
    case ConfigType::real: return parses_as<double>(value);
    case ConfigType::flag: return value == "true" || value == "false";
    case ConfigType::text:
    case ConfigType::list: return true;
  }
  return false;
}

tl::unexpected<Error> unknown_key(std::string_view key, std::string_view source) {
  std::vector<std::string> known;
  for (const auto& k : config_keys()) known.emplace_back(k.key);
  return fail(ErrorCode::invalid_input,
              fmt::format("{}: there is no setting `{}`; did you mean `{}`? "
                          "`cambium config show` lists them all.",
                          source, key, detail::nearest(key, known)));
}

}  // namespace

std::string config_environment_name(std::string_view key) {
  std::string name = "CAMBIUM_";
  for (char c : key) {
    name += c == '.' ? '_' : (c >= 'a' && c <= 'z') ? static_cast<char>(c - 'a' + 'A') : c;
  }
  return name;
}

Environment process_environment() {
  Environment out;
  for (char** item = environ; item != nullptr && *item != nullptr; ++item) {
    std::string_view pair = *item;
    auto equals = pair.find('=');
    if (!pair.starts_with("CAMBIUM_") || equals == std::string_view::npos) continue;
    out.emplace(pair.substr(0, equals), pair.substr(equals + 1));
  }
  return out;
}

Config::Config() {
  for (const auto& key : config_keys()) {
    entries_.push_back({&key, std::string(key.initial), "default"});
  }
}

Result<Config> Config::load(const std::filesystem::path& file, const Environment& environment) {
  std::error_code error;
  if (!std::filesystem::exists(file, error)) return parse("", file.string(), environment);
  TRY(auto text, detail::read_text(file));
  return parse(text, file.string(), environment);
}

Result<Config> Config::parse(std::string_view toml, std::string_view source,
                             const Environment& environment) {
  Config config;
  TRY(auto values, detail::flatten_toml(toml, source));
  for (const auto& value : values) {
    TRY_STATUS(config.set(value.key, value.text, value.where));
  }
  TRY_STATUS(config.apply_environment(environment));
  return config;
}

Status Config::apply_environment(const Environment& environment) {
  for (const auto& [name, value] : environment) {
    auto found = std::find_if(entries_.begin(), entries_.end(), [&](const ConfigEntry& e) {
      return config_environment_name(e.key->key) == name;
    });
    if (found != entries_.end()) {
      TRY_STATUS(set(found->key->key, value, name));
      continue;
    }
    // Other CAMBIUM_* variables exist (home, crash points); only a misspelt setting is an error.
    for (const auto& key : config_keys()) {
      auto section = key.key.substr(0, key.key.find('.') + 1);
      if (name.starts_with(config_environment_name(section))) {
        std::string lower;
        for (char c : name.substr(8)) lower += static_cast<char>(std::tolower(c));
        lower[section.size() - 1] = '.';
        return unknown_key(lower, name);
      }
    }
  }
  return {};
}

Status Config::set(std::string_view key, std::string_view value, std::string_view source) {
  for (auto& entry : entries_) {
    if (entry.key->key != key) continue;
    if (!well_typed(entry.key->type, value)) {
      return fail(ErrorCode::invalid_input,
                  fmt::format("{}: `{}` must be {}, not `{}`; for example {} = {}.", source, key,
                              type_name(entry.key->type), value, key, entry.key->initial));
    }
    entry.value = value;
    entry.source = source;
    return {};
  }
  return unknown_key(key, source);
}

const ConfigEntry& Config::entry(std::string_view key, ConfigType type) const {
  for (const auto& entry : entries_) {
    if (entry.key->key == key) {
      CHECK(entry.key->type == type, key);
      return entry;
    }
  }
  CHECK(false, key);
}

const std::string& Config::text(std::string_view key) const {
  return entry(key, ConfigType::text).value;
}

std::uint64_t Config::whole(std::string_view key) const {
  return std::stoull(entry(key, ConfigType::whole).value);
}

double Config::real(std::string_view key) const {
  return std::stod(entry(key, ConfigType::real).value);
}

bool Config::flag(std::string_view key) const {
  return entry(key, ConfigType::flag).value == "true";
}

std::vector<std::string> Config::list(std::string_view key) const {
  std::vector<std::string> out;
  std::string_view rest = entry(key, ConfigType::list).value;
  while (!rest.empty()) {
    auto comma = rest.find(',');
    if (comma != 0) out.emplace_back(rest.substr(0, comma));
    if (comma == std::string_view::npos) break;
    rest.remove_prefix(comma + 1);
  }
  return out;
}

std::string config_template() {
  std::string out = "# Settings of this node. A line that stays commented keeps its default.\n";
  std::string_view section;
  for (const auto& key : config_keys()) {
    auto dot = key.key.find('.');
    if (key.key.substr(0, dot) != section) {
      section = key.key.substr(0, dot);
      out += fmt::format("\n[{}]\n", section);
    }
    out += fmt::format("# {}\n# {} = {}\n", key.help, key.key.substr(dot + 1),
                       detail::toml_literal(key));
  }
  return out;
}

}  // namespace cambium
