#include "cli/commands.hpp"
#include "cli/commands/config/config_edit.hpp"
#include "cli/render.hpp"

namespace cambium::cli {

Command config_explain_command() {
  return {"config explain",
          "Explain a setting, or all of them",
          "cambium config explain gateway.port",
          {{"key", "the setting, section.name", Argument::Count::optional}},
          {},
          [](Invocation& call) -> Status {
            const auto wanted = call.argument("key");
            if (!wanted.empty()) TRY_STATUS(declared_key(wanted));
            Json items = Json::array();
            for (const auto& key : config_keys()) {
              if (!wanted.empty() && key.key != wanted) continue;
              items.push_back({{"key", key.key},
                               {"kind", type_word(key.type)},
                               {"default", key.initial},
                               {"variable", config_environment_name(key.key)},
                               {"help", key.help}});
            }
            if (wanted.empty()) {
              show_items(call, {{"items", items}}, {"key", "default", "help"});
            } else {
              show(call, items.front());
            }
            return {};
          }};
}

}  // namespace cambium::cli
