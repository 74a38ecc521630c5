// Settings: one TOML file, overridden by CAMBIUM_* environment variables. Every key is declared
// once in config_keys.cpp; a key that is not there is an error that names the nearest one.
#pragma once

#include <filesystem>
#include <map>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "base/result.hpp"

namespace cambium {

enum class ConfigType : std::uint8_t {
  text,   // any string
  whole,  // a whole number >= 0
  real,   // a decimal number
  flag,   // true or false
  list,   // strings; in the environment separated by commas
};

/// One declared key. `key` is "<section>.<name>"; `initial` is the default in the form that the
/// environment uses; `help` is one sentence with the unit.
struct ConfigKey {
  std::string_view key;
  ConfigType type;
  std::string_view initial;
  std::string_view help;
};

/// Every key, grouped by section in the order in which `config show` prints them.
std::span<const ConfigKey> config_keys();

/// CAMBIUM_GATEWAY_PORT for gateway.port.
std::string config_environment_name(std::string_view key);

/// One effective value and where it came from: "default", "<file>:<line>" or the variable's name.
struct ConfigEntry {
  const ConfigKey* key = nullptr;
  std::string value;  // lists are joined by commas
  std::string source;
};

using Environment = std::map<std::string, std::string>;
/// The variables of this process whose names begin with CAMBIUM_.
Environment process_environment();

/// Effective values. Reading an undeclared key, or one by the wrong type, is a bug and CHECKed.
class Config {
 public:
  /// Defaults only.
  Config();
  /// Reads `file` when it exists, then the environment. Unknown keys, wrong types and syntax errors
  /// are refused with the place and the remedy.
  static Result<Config> load(const std::filesystem::path& file, const Environment& environment);
  /// The same from text; `source` names it in messages.
  static Result<Config> parse(std::string_view toml, std::string_view source,
                              const Environment& environment);

  const std::string& text(std::string_view key) const;
  std::uint64_t whole(std::string_view key) const;
  double real(std::string_view key) const;
  bool flag(std::string_view key) const;
  std::vector<std::string> list(std::string_view key) const;

  /// Overrides one value, as a command-line option does.
  Status set(std::string_view key, std::string_view value, std::string_view source);
  const std::vector<ConfigEntry>& entries() const { return entries_; }

 private:
  const ConfigEntry& entry(std::string_view key, ConfigType type) const;
  Status apply_environment(const Environment& environment);

  std::vector<ConfigEntry> entries_;  // one per declared key, in table order
};

/// A commented file that spells out every default, for a new home directory.
std::string config_template();

}  // namespace cambium
