#include "cli/commands/account/account_of.hpp"

#include "cli/message/values.hpp"
#include "node/keystore.hpp"

namespace cambium::cli {

Argument account_argument() {
  return {"account", "an address, a key of this home or a validator's name; demo when left out",
          Argument::Count::optional};
}

Result<std::string> account_text(Invocation& call) {
  const auto named = call.argument("account");
  TRY(const auto address,
      account_named(call, named.empty() ? std::string(node::kDemoKey) : named));
  return address.text();
}

Result<Json> about_account(Invocation& call, const std::string& path) {
  TRY(const auto address, account_text(call));
  TRY(const auto node, node_of(call));
  TRY(auto reply, node.get(path + address, {{"chain", chain_of(call)}}));
  return reply;
}

}  // namespace cambium::cli
