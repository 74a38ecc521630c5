#include "cli/commands.hpp"
#include "cli/commands/tx/tx_report.hpp"
#include "cli/render.hpp"

namespace cambium::cli {

Command query_account_command() {
  return {"query account",
          "Show an account: nonce, balances, what it may spend",
          "cambium query account demo",
          {{"account", "an address, or the name of a key of this home"}},
          {chain_flag()},
          [](Invocation& call) -> Status {
            TRY(const auto node, node_of(call));
            TRY(const auto address, address_or_key(call, call.argument("account")));
            TRY(const auto account, client::ChainApi(node, chain_of(call)).account(address));
            show(call, account.all);
            return {};
          }};
}

}  // namespace cambium::cli
