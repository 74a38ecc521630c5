#include "cli/commands.hpp"
#include "cli/node_link.hpp"
#include "cli/render.hpp"

namespace cambium::cli {
namespace {

Status query_tx(Invocation& call) {
  TRY(const auto node, node_of(call));
  const client::ChainApi chain(node, chain_of(call));
  const auto hash = call.argument("hash");
  if (!hash.empty()) {
    TRY(const auto tx, chain.tx(client::percent_encode(hash)));
    show(call, tx);
    return {};
  }
  client::Arguments page{{"limit", call.flag_or("limit", "20")}};
  for (const char* name : {"before", "account"}) {
    if (const auto value = call.flag(name)) page[name] = *value;
  }
  TRY(const auto txs, node.get("/chain/" + client::percent_encode(chain.name()) + "/txs", page));
  show_items(call, txs, {"height", "status_name", "msgs", "fee_ucbm", "hash"});
  return {};
}

}  // namespace

Command query_tx_command() {
  return {"query tx",
          "Show a transaction with what it changed, or list the newest",
          "cambium query tx --account cbm1...",
          {{"hash", "64 hexadecimal digits; all when it is left out", Argument::Count::optional}},
          {chain_flag(),
           {"account", "ADDRESS", "only those this account signed"},
           {"limit", "N", "most transactions to list, up to 100"},
           {"before", "CURSOR", "go on below this cursor"}},
          query_tx};
}

}  // namespace cambium::cli
