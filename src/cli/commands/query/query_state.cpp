#include "cli/commands.hpp"
#include "cli/node_link.hpp"
#include "cli/render.hpp"

namespace cambium::cli {

Command query_state_command() {
  return {"query state",
          "Show a state entry with its proof and the signed header it leads to",
          "cambium query state 0101 --chain compute-0",
          {{"key", "the state key, hexadecimal"}},
          {chain_flag()},
          [](Invocation& call) -> Status {
            TRY(const auto node, node_of(call));
            TRY(const auto entry, node.get("/chain/" + client::percent_encode(chain_of(call)) +
                                           "/state/" +
                                           client::percent_encode(call.argument("key"))));
            show(call, entry);
            return {};
          }};
}

}  // namespace cambium::cli
