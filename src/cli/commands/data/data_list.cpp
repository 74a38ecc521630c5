#include "cli/commands.hpp"
#include "cli/render.hpp"
#include "data/corpus.hpp"

namespace cambium::cli {

Command data_list_command() {
  return {"data list", "List the datasets that this program can make", "cambium data list", {}, {},
          [](Invocation& call) -> Status {
            Json items = Json::array();
            for (const auto& id : data::dataset_ids()) items.push_back({{"id", id}});
            show_items(call, {{"items", items}}, {"id"});
            return {};
          }};
}

}  // namespace cambium::cli
