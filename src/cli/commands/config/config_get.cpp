#include "cli/commands.hpp"
#include "cli/commands/config/config_edit.hpp"
#include "cli/home_dir.hpp"
#include "cli/render.hpp"

namespace cambium::cli {

Command config_get_command() {
  return {"config get",
          "Print the effective value of a setting",
          "cambium config get gateway.port",
          {{"key", "the setting, section.name"}},
          {},
          [](Invocation& call) -> Status {
            TRY(const auto* key, declared_key(call.argument("key")));
            TRY(const auto home, home_of(call));
            TRY(const auto config, settings_of(call, home));
            for (const auto& entry : config.entries()) {
              if (entry.key != key) continue;
              if (call.json()) {
                show(call, {{"key", key->key}, {"value", entry.value}, {"source", entry.source}});
              } else {
                call.console.line(entry.value);
              }
            }
            return {};
          }};
}

}  // namespace cambium::cli
