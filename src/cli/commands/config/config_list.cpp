#include "cli/commands.hpp"
#include "cli/home_dir.hpp"
#include "cli/render.hpp"

namespace cambium::cli {

Command config_list_command() {
  return {"config list", "List the effective settings and where each comes from",
          "cambium config list", {}, {},
          [](Invocation& call) -> Status {
            TRY(const auto home, home_of(call));
            TRY(const auto config, settings_of(call, home));
            Json items = Json::array();
            for (const auto& entry : config.entries()) {
              items.push_back({{"key", entry.key->key},
                               {"value", entry.value},
                               {"source", entry.source}});
            }
            show_items(call, {{"items", items}}, {"key", "value", "source"});
            return {};
          }};
}

}  // namespace cambium::cli
