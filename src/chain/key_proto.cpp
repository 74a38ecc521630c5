#include "chain/key_proto.hpp"

namespace cambium::chain {

namespace tx = cambium::tx::v1;

crypto::PublicKey key_from_proto(const tx::PublicKey& key) {
  const auto type = key.type() == tx::KEY_TYPE_SECP256K1 ? crypto::KeyType::secp256k1
                                                         : crypto::KeyType::ed25519;
  return {type, to_bytes(key.bytes())};
}

tx::PublicKey key_to_proto(const crypto::PublicKey& key) {
  tx::PublicKey out;
  out.set_type(key.type == crypto::KeyType::secp256k1 ? tx::KEY_TYPE_SECP256K1
                                                      : tx::KEY_TYPE_ED25519);
  out.set_bytes(to_string(key.bytes));
  return out;
}

bool is_well_formed(const tx::PublicKey& key) {
  if (key.type() == tx::KEY_TYPE_ED25519) return key.bytes().size() == 32;
  return key.type() == tx::KEY_TYPE_SECP256K1 && key.bytes().size() == 33;
}

}  // namespace cambium::chain
