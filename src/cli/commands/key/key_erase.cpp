#include <fmt/format.h>

#include <algorithm>

#include "cli/commands.hpp"
#include "cli/signer.hpp"

namespace cambium::cli {
namespace {

constexpr std::string_view kNodeKeys[] = {node::kOperatorKey, node::kGatewayKey,
                                          node::kEvaluatorKey, node::kRelayerKey,
                                          node::kTrainerKey, node::kDemoKey};

Status erase(Invocation& call) {
  const auto name = call.argument("name");
  if (std::find(std::begin(kNodeKeys), std::end(kNodeKeys), name) != std::end(kNodeKeys)) {
    return fail(ErrorCode::refused,
                fmt::format("`{}` is a key of the node itself, which would not start without it; "
                            "it stays.", name));
  }
  if (!call.has("yes")) {
    return fail(ErrorCode::refused,
                fmt::format("Erasing `{}` loses its account for ever unless the secret is kept "
                            "elsewhere; add --yes to do it.", name));
  }
  TRY(auto keys, keys_of(call));
  TRY_STATUS(keys.erase(name));
  call.console.talk(fmt::format("The key `{}` is erased.", name));
  return {};
}

}  // namespace

Command key_erase_command() {
  return {"key erase",
          "Erase a key",
          "cambium key erase alice --yes",
          {{"name", "the key"}},
          {{"yes", "", "really"}},
          erase};
}

}  // namespace cambium::cli
