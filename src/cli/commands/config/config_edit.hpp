// Changing one line of cambium.toml and leaving the others, comments included, as they are.
#pragma once

#include <string>
#include <string_view>

#include "base/config.hpp"

namespace cambium::cli {

/// The value as TOML writes it: quoted text, a list of quoted texts, numbers and flags as they are.
std::string toml_value(ConfigType type, std::string_view value);

/// `text` with the setting on its line; the commented default becomes the setting, and a missing
/// section is added at the end.
struct Setting {
  std::string_view key;  // "gateway.port"
  std::string value;     // as TOML writes it
};
std::string with_setting(const std::string& text, const Setting& setting);

/// The declared key, or the sentence that names the nearest one.
Result<const ConfigKey*> declared_key(std::string_view key);
std::string_view type_word(ConfigType type);

}  // namespace cambium::cli
