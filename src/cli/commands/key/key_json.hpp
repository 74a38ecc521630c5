// A key as the key commands show it; never its secret.
#pragma once

#include "cli/console.hpp"
#include "node/keystore.hpp"

namespace cambium::cli {

inline Json key_json(const node::KeyInfo& info) {
  return {{"name", info.name},
          {"type", info.key.type == crypto::KeyType::ed25519 ? "ed25519" : "secp256k1"},
          {"address", info.address.text()},
          {"encrypted", info.encrypted}};
}

}  // namespace cambium::cli
