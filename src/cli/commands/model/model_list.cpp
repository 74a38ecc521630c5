#include "cli/commands.hpp"
#include "cli/node_link.hpp"
#include "cli/render.hpp"

namespace cambium::cli {

Command model_list_command() {
  return {"model list", "List the models of a network", "cambium model list", {}, {},
          [](Invocation& call) -> Status {
            TRY(const auto node, node_of(call));
            TRY(const auto models, node.models());
            show_items(call, models, {"id", "name", "version", "anchor_experts",
                                      "contributed_experts", "index_root"});
            return {};
          }};
}

}  // namespace cambium::cli
