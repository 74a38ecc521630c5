#include "cli/commands.hpp"
#include "cli/commands/key/key_json.hpp"
#include "cli/render.hpp"
#include "cli/signer.hpp"

namespace cambium::cli {

Command key_list_command() {
  return {"key list", "List the keys of this home", "cambium key list", {}, {},
          [](Invocation& call) -> Status {
            TRY(const auto keys, keys_of(call));
            TRY(const auto infos, keys.list());
            Json items = Json::array();
            for (const auto& info : infos) items.push_back(key_json(info));
            show_items(call, {{"items", items}}, {"name", "type", "address", "encrypted"});
            return {};
          }};
}

}  // namespace cambium::cli
