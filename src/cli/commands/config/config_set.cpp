#include <fmt/format.h>

#include <fstream>
#include <sstream>

#include "base/durable_file.hpp"
#include "cli/commands.hpp"
#include "cli/commands/config/config_edit.hpp"
#include "cli/home_dir.hpp"

namespace cambium::cli {
namespace {

Status set(Invocation& call) {
  TRY(const auto* key, declared_key(call.argument("key")));
  const auto value = call.argument("value");
  Config check;
  TRY_STATUS(check.set(key->key, value, "cambium config set"));
  TRY(const auto home, home_of(call));
  const auto file = node::HomePaths{home}.config();
  std::ifstream in(file, std::ios::binary);
  std::ostringstream text;
  if (in) text << in.rdbuf();
  const std::string before = in ? text.str() : config_template();
  const std::string after = with_setting(before, {key->key, toml_value(key->type, value)});
  TRY_STATUS(Config::parse(after, file.string(), {}));
  std::error_code error;
  std::filesystem::create_directories(home, error);
  TRY_STATUS(write_durably(file, {as_bytes(after)}));
  call.console.talk(fmt::format("{} = {} in {}; a running node reads it when it starts again.",
                                key->key, value, file.string()));
  return {};
}

}  // namespace

Command config_set_command() {
  return {"config set",
          "Change a setting in the home's cambium.toml",
          "cambium config set gateway.port 8081",
          {{"key", "the setting, section.name"}, {"value", "its new value; lists by commas"}},
          {},
          set};
}

}  // namespace cambium::cli
