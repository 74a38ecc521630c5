#include "crypto/detail/secp256k1.hpp"

#include <openssl/crypto.h>
#include <secp256k1.h>
#include <secp256k1_recovery.h>

#include "base/check.hpp"

namespace cambium::crypto {
namespace {

constexpr std::size_t kSignatureSize = 65;

const secp256k1_context* context() {
  static const auto* instance =
      secp256k1_context_create(SECP256K1_CONTEXT_SIGN | SECP256K1_CONTEXT_VERIFY);
  return instance;
}

// EIP-191 version 0x45: "\x19Ethereum Signed Message:\n" || decimal length || message.
Hash personal_hash(ByteView message) {
  Bytes text = to_bytes("\x19" "Ethereum Signed Message:\n" + std::to_string(message.size()));
  append(text, message);
  return keccak256(text);
}

PublicKey compress(const secp256k1_pubkey& point) {
  PublicKey key{KeyType::secp256k1, Bytes(33)};
  std::size_t size = key.bytes.size();
  secp256k1_ec_pubkey_serialize(context(), key.bytes.data(), &size, &point,
                                SECP256K1_EC_COMPRESSED);
  return key;
}

class Secp256k1Key final : public SigningKey {
 public:
  Secp256k1Key(ByteView secret, PublicKey pub)
      : secret_(to_bytes(secret)), public_(std::move(pub)) {}
  ~Secp256k1Key() override { OPENSSL_cleanse(secret_.data(), secret_.size()); }
  Secp256k1Key(const Secp256k1Key&) = delete;
  Secp256k1Key& operator=(const Secp256k1Key&) = delete;

  const PublicKey& public_key() const override { return public_; }
  Bytes secret() const override { return secret_; }

  Bytes sign(ByteView message) const override {
    const Hash hash = personal_hash(message);
    secp256k1_ecdsa_recoverable_signature made;
    CHECK(secp256k1_ecdsa_sign_recoverable(context(), &made, hash.data.data(), secret_.data(),
                                           nullptr, nullptr) == 1,
          "signing with a valid key cannot fail");
    Bytes signature(kSignatureSize);
    int recovery = 0;
    secp256k1_ecdsa_recoverable_signature_serialize_compact(context(), signature.data(), &recovery,
                                                            &made);
    signature[64] = std::uint8_t(27 + recovery);
    return signature;
  }

 private:
  Bytes secret_;
  PublicKey public_;
};

}  // namespace

std::optional<PublicKey> recover_personal_message(ByteView message, ByteView signature) {
  if (signature.size() != kSignatureSize) return std::nullopt;
  int recovery = signature[64];
  if (recovery >= 27) recovery -= 27;
  if (recovery != 0 && recovery != 1) return std::nullopt;

  secp256k1_ecdsa_recoverable_signature parsed;
  secp256k1_ecdsa_signature plain;
  secp256k1_ecdsa_signature low;
  if (!secp256k1_ecdsa_recoverable_signature_parse_compact(context(), &parsed, signature.data(),
                                                           recovery)) {
    return std::nullopt;
  }
  // High s is a second valid form of the same signature; accepting it would let anyone change the
  // transaction's bytes.
  secp256k1_ecdsa_recoverable_signature_convert(context(), &plain, &parsed);
  if (secp256k1_ecdsa_signature_normalize(context(), &low, &plain)) return std::nullopt;

  const Hash hash = personal_hash(message);
  secp256k1_pubkey point;
  if (!secp256k1_ecdsa_recover(context(), &point, &parsed, hash.data.data())) return std::nullopt;
  return compress(point);
}

bool verify_personal_message(const SignedMessage& item) {
  const auto key = recover_personal_message(item.message, item.signature);
  return key && key->bytes == item.key.bytes;
}

namespace detail {

Result<std::unique_ptr<SigningKey>> secp256k1_key(ByteView secret) {
  secp256k1_pubkey point;
  if (!secp256k1_ec_pubkey_create(context(), &point, secret.data())) {
    return fail(ErrorCode::invalid_input, "these bytes are not a secp256k1 secret key");
  }
  return std::make_unique<Secp256k1Key>(secret, compress(point));
}

Address ethereum_address_of(ByteView compressed) {
  secp256k1_pubkey point;
  if (!secp256k1_ec_pubkey_parse(context(), &point, compressed.data(), compressed.size())) {
    return {};
  }
  std::uint8_t raw[65];
  std::size_t size = sizeof raw;
  secp256k1_ec_pubkey_serialize(context(), raw, &size, &point, SECP256K1_EC_UNCOMPRESSED);
  return *Address::from(keccak256(ByteView(raw).subspan(1)).view().last(20));
}

}  // namespace detail
}  // namespace cambium::crypto
