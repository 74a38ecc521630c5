#include "cli/commands.hpp"
#include "cli/node_link.hpp"
#include "cli/render.hpp"
#include "node/node.hpp"

namespace cambium::cli {

Command model_evaluations_command() {
  return {"model evaluations",
          "List the candidates of a model with their verdicts",
          "cambium model evaluations",
          {{"model", "its id; the main model when it is left out", Argument::Count::optional}},
          {},
          [](Invocation& call) -> Status {
            TRY(const auto node, node_of(call));
            const auto id = call.argument("model");
            TRY(const auto reply,
                node.evaluations(id.empty() ? std::string(node::kMainModel) : id));
            show_items(call, reply,
                       {"id", "status", "reason", "target_slice", "account", "reward_ucbm"});
            return {};
          }};
}

}  // namespace cambium::cli
