#include <fmt/format.h>

#include "base/hex.hpp"
#include "cli/commands.hpp"
#include "cli/commands/key/key_json.hpp"
#include "cli/render.hpp"
#include "cli/signer.hpp"

namespace cambium::cli {
namespace {

Status show_key(Invocation& call) {
  const auto name = call.argument("name");
  TRY(const auto keys, keys_of(call));
  TRY(const auto infos, keys.list());
  for (const auto& info : infos) {
    if (info.name != name) continue;
    Json out = key_json(info);
    out["public_key"] = to_hex(info.key.bytes);
    if (info.key.type == crypto::KeyType::secp256k1) {
      out["ethereum_address"] = crypto::ethereum_address(info.address);
    }
    if (call.has("secret")) {
      TRY(const auto key, key_named(call, name));
      out["secret"] = to_hex(key->secret());
    }
    show(call, out);
    return {};
  }
  return fail(ErrorCode::not_found,
              fmt::format("There is no key `{}`; `cambium key list` shows what there is.", name));
}

}  // namespace

Command key_show_command() {
  return {"key show",
          "Show a key's address and public key",
          "cambium key show demo",
          {{"name", "the key"}},
          {{"secret", "", "show the secret too; whoever has it owns the account"}},
          show_key};
}

}  // namespace cambium::cli
