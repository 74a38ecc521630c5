#include "cli/commands.hpp"
#include "cli/node_link.hpp"
#include "cli/render.hpp"

namespace cambium::cli {

Command query_search_command() {
  return {"query search",
          "Find blocks, transactions, accounts, models and experts",
          "cambium query search layer0",
          {{"text", "a height, hash, address or name, whole or its beginning"}},
          {chain_flag()},
          [](Invocation& call) -> Status {
            TRY(const auto node, node_of(call));
            TRY(const auto hits,
                client::ChainApi(node, chain_of(call)).search(call.argument("text")));
            show_items(call, hits, {"kind", "chain", "id", "title"});
            return {};
          }};
}

}  // namespace cambium::cli
