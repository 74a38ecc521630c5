#include <fmt/format.h>

#include "cli/commands.hpp"
#include "cli/node_link.hpp"
#include "cli/render.hpp"
#include "cli/signer.hpp"

namespace cambium::cli {

Result<crypto::Address> address_or_key(Invocation& call, const std::string& text) {
  if (const auto address = crypto::Address::from_text(text)) return *address;
  TRY(const auto keys, keys_of(call));
  TRY(const auto infos, keys.list());
  for (const auto& info : infos) {
    if (info.name == text) return info.address;
  }
  return fail(ErrorCode::not_found,
              fmt::format("`{}` is neither an address (cbm1...) nor a key of this home; `cambium "
                          "key list` shows the keys.", text));
}

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
