#include "cli/commands.hpp"
#include "cli/commands/key/key_json.hpp"
#include "cli/home_dir.hpp"
#include "cli/render.hpp"
#include "cli/signer.hpp"

namespace cambium::cli {
namespace {

Result<std::optional<std::string>> passphrase_for(Invocation& call) {
  std::optional<std::string> given = passphrase_of(call);
  if (given || !call.has("encrypt")) return given;
  TRY(auto first, ask_secret("Passphrase for the new key: "));
  TRY(const auto second, ask_secret("The same again: "));
  if (first != second || first.empty()) {
    return fail(ErrorCode::invalid_input, "The two passphrases differ or are empty; try again.");
  }
  return std::optional(std::move(first));
}

Status make(Invocation& call) {
  TRY(auto passphrase, passphrase_for(call));
  const bool encrypted = passphrase.has_value();
  TRY(auto keys, keys_with(call, std::move(passphrase)));
  const auto type = call.flag_or("type", "ed25519") == "secp256k1" ? crypto::KeyType::secp256k1
                                                                   : crypto::KeyType::ed25519;
  const auto name = call.argument("name");
  TRY(const auto key, keys.make(name, call.random, type));
  const auto& public_key = key->public_key();
  show(call, key_json({name, public_key, crypto::address_of(public_key), encrypted}));
  if (!encrypted) call.console.talk("It is not encrypted; --encrypt asks for a passphrase.");
  return {};
}

}  // namespace

Command key_make_command() {
  return {"key make",
          "Make a key",
          "cambium key make alice",
          {{"name", "what to call it"}},
          {{"type", "TYPE", "kind of key", {"ed25519", "secp256k1"}},
           {"encrypt", "", "ask for a passphrase; CAMBIUM_PASSPHRASE encrypts without asking"}},
          make};
}

}  // namespace cambium::cli
