// Reading TOML into flat key and text pairs; keeps the TOML library out of the other files.
#pragma once

#include <filesystem>
#include <string>
#include <string_view>
#include <vector>

#include "base/config.hpp"
#include "base/result.hpp"

namespace cambium::detail {

/// One leaf of the file: "section.name", its value as text, and "<file>:<line>".
struct TomlValue {
  std::string key;
  std::string text;
  std::string where;
};

/// Leaves in the order of the file's keys. Syntax errors name the line.
Result<std::vector<TomlValue>> flatten_toml(std::string_view toml, std::string_view source);

/// The default of `key` as TOML writes it.
std::string toml_literal(const ConfigKey& key);

/// A whole text file.
Result<std::string> read_text(const std::filesystem::path& file);

}  // namespace cambium::detail
