#include "cli/commands.hpp"
#include "cli/node_link.hpp"
#include "cli/render.hpp"

namespace cambium::cli {

Command query_chain_command() {
  return {"query chain", "Show a chain's height, root and base fee",
          "cambium query chain --chain compute-0", {}, {chain_flag()},
          [](Invocation& call) -> Status {
            TRY(const auto node, node_of(call));
            TRY(const auto status, client::ChainApi(node, chain_of(call)).status());
            show(call, status.all);
            return {};
          }};
}

}  // namespace cambium::cli
