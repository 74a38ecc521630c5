#include "cli/commands.hpp"
#include "cli/node_link.hpp"
#include "cli/render.hpp"

namespace cambium::cli {
namespace {

Status query_block(Invocation& call) {
  TRY(const auto node, node_of(call));
  const client::ChainApi chain(node, chain_of(call));
  const auto height = call.argument("height");
  if (!height.empty()) {
    TRY(const auto block, node.get("/chain/" + chain.name() + "/blocks/" +
                                   client::percent_encode(height)));
    show(call, block);
    return {};
  }
  client::Arguments page{{"limit", call.flag_or("limit", "20")}};
  if (const auto before = call.flag("before")) page["before"] = *before;
  TRY(const auto blocks, chain.blocks(page));
  show_items(call, blocks, {"height", "tx_count", "time_ms", "hash"});
  return {};
}

}  // namespace

Command query_block_command() {
  return {"query block",
          "Show a block, or list the newest",
          "cambium query block 1",
          {{"height", "its height; all when it is left out", Argument::Count::optional}},
          {chain_flag(),
           {"limit", "N", "most blocks to list, up to 100"},
           {"before", "CURSOR", "go on below this height"}},
          query_block};
}

}  // namespace cambium::cli
