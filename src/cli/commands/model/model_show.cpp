#include "cli/commands.hpp"
#include "cli/node_link.hpp"
#include "cli/render.hpp"
#include "node/node.hpp"

namespace cambium::cli {

Command model_show_command() {
  return {"model show",
          "Show a model: architecture, slices before and after, its blocks",
          "cambium model show",
          {{"model", "its id; the main model when it is left out", Argument::Count::optional}},
          {},
          [](Invocation& call) -> Status {
            TRY(const auto node, node_of(call));
            const auto id = call.argument("model");
            TRY(const auto reply, node.model(id.empty() ? std::string(node::kMainModel) : id));
            show(call, reply);
            return {};
          }};
}

}  // namespace cambium::cli
