#include "sim/validators/stand_in_keys.hpp"

#include "crypto/sha256.hpp"

namespace cambium::sim {
namespace {

Bytes stand_in_signature(ByteView key, ByteView message) {
  const Hash half = crypto::sha256({as_bytes("stand-in signature"), key, message});
  Bytes out = to_bytes(half);
  append(out, crypto::sha256(half));
  return out;
}

class StandInKey final : public crypto::SigningKey {
 public:
  explicit StandInKey(ByteView seed)
      : key_{crypto::KeyType::ed25519,
             to_bytes(crypto::sha256({as_bytes("stand-in key"), seed}))} {}
  const crypto::PublicKey& public_key() const override { return key_; }
  Bytes sign(ByteView message) const override { return stand_in_signature(key_.bytes, message); }
  Bytes secret() const override { return key_.bytes; }

 private:
  crypto::PublicKey key_;
};

}  // namespace

std::shared_ptr<crypto::SigningKey> stand_in_key(ByteView seed) {
  return std::make_shared<StandInKey>(seed);
}

bool StandInVerifier::verify(const crypto::SignedMessage& item) const {
  return item.key.type == crypto::KeyType::ed25519 &&
         equal(item.signature, stand_in_signature(item.key.bytes, item.message));
}

}  // namespace cambium::sim
