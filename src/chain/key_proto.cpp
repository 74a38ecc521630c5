#include "chain/key_proto.hpp"

#include "chain/multisig.hpp"

namespace cambium::chain {

namespace tx = cambium::tx::v1;

// The numbers of both enums agree; a key that was not checked reads as Ed25519 and fails there.
crypto::PublicKey key_from_proto(const tx::PublicKey& key) {
  const bool known = key.type() == tx::KEY_TYPE_SECP256K1 || key.type() == tx::KEY_TYPE_MULTISIG;
  const auto type = known ? static_cast<crypto::KeyType>(key.type()) : crypto::KeyType::ed25519;
  return {type, to_bytes(key.bytes())};
}

tx::PublicKey key_to_proto(const crypto::PublicKey& key) {
  tx::PublicKey out;
  out.set_type(static_cast<tx::KeyType>(key.type));
  out.set_bytes(to_string(key.bytes));
  return out;
}

bool is_well_formed(const tx::PublicKey& key) {
  if (key.type() == tx::KEY_TYPE_ED25519) return key.bytes().size() == 32;
  if (key.type() == tx::KEY_TYPE_MULTISIG) return is_sound_policy(as_bytes(key.bytes()));
  return key.type() == tx::KEY_TYPE_SECP256K1 && key.bytes().size() == 33;
}

}  // namespace cambium::chain
