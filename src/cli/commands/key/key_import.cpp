#include "base/hex.hpp"
#include "cli/commands.hpp"
#include "cli/commands/key/key_json.hpp"
#include "cli/home_dir.hpp"
#include "cli/render.hpp"
#include "cli/signer.hpp"

namespace cambium::cli {
namespace {

Status import_key(Invocation& call) {
  auto text = call.variable("CAMBIUM_SECRET");
  if (!text) {
    TRY(text, ask_secret("Secret, 64 hexadecimal digits: "));
  }
  const auto secret = from_hex(*text);
  if (!secret || secret->size() != 32) {
    return fail(ErrorCode::invalid_input,
                "A secret is 64 hexadecimal digits; `cambium key show --secret` prints one.");
  }
  TRY(auto keys, keys_of(call));
  const auto type = call.flag_or("type", "ed25519") == "secp256k1" ? crypto::KeyType::secp256k1
                                                                   : crypto::KeyType::ed25519;
  const auto name = call.argument("name");
  TRY(const auto key, keys.import(name, type, *secret));
  const auto& public_key = key->public_key();
  show(call, key_json({name, public_key, crypto::address_of(public_key),
                       passphrase_of(call).has_value()}));
  return {};
}

}  // namespace

Command key_import_command() {
  return {"key import",
          "Import a key by its secret, read from the terminal or CAMBIUM_SECRET",
          "CAMBIUM_SECRET=$(cat secret.hex) cambium key import alice",
          {{"name", "what to call it"}},
          {{"type", "TYPE", "kind of key", {"ed25519", "secp256k1"}}},
          import_key};
}

}  // namespace cambium::cli
