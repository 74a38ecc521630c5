#include "crypto/detail/ed25519.hpp"

#include <openssl/crypto.h>
#include <openssl/evp.h>

#include "base/check.hpp"

namespace cambium::crypto::detail {
namespace {

constexpr std::size_t kSignatureSize = 64;

using PKey = std::unique_ptr<EVP_PKEY, decltype(&EVP_PKEY_free)>;
using Context = std::unique_ptr<EVP_MD_CTX, decltype(&EVP_MD_CTX_free)>;

class Ed25519Key final : public SigningKey {
 public:
  Ed25519Key(PKey key, ByteView secret, PublicKey pub)
      : key_(std::move(key)), secret_(to_bytes(secret)), public_(std::move(pub)) {}
  ~Ed25519Key() override { OPENSSL_cleanse(secret_.data(), secret_.size()); }
  Ed25519Key(const Ed25519Key&) = delete;
  Ed25519Key& operator=(const Ed25519Key&) = delete;

  const PublicKey& public_key() const override { return public_; }
  Bytes secret() const override { return secret_; }

  Bytes sign(ByteView message) const override {
    Context context(EVP_MD_CTX_new(), EVP_MD_CTX_free);
    Bytes signature(kSignatureSize);
    std::size_t size = signature.size();
    const bool ok =
        EVP_DigestSignInit(context.get(), nullptr, nullptr, nullptr, key_.get()) == 1 &&
        EVP_DigestSign(context.get(), signature.data(), &size, message.data(), message.size()) == 1;
    CHECK(ok, "signing with a valid Ed25519 key cannot fail");
    return signature;
  }

 private:
  PKey key_;
  Bytes secret_;
  PublicKey public_;
};

}  // namespace

Result<std::unique_ptr<SigningKey>> ed25519_key(ByteView secret) {
  PKey key(EVP_PKEY_new_raw_private_key(EVP_PKEY_ED25519, nullptr, secret.data(), secret.size()),
           EVP_PKEY_free);
  if (!key) return fail(ErrorCode::invalid_input, "these bytes are not an Ed25519 secret key");
  PublicKey pub{KeyType::ed25519, Bytes(32)};
  std::size_t size = pub.bytes.size();
  CHECK(EVP_PKEY_get_raw_public_key(key.get(), pub.bytes.data(), &size) == 1,
        "a private key has a public key");
  return std::make_unique<Ed25519Key>(std::move(key), secret, std::move(pub));
}

bool ed25519_verify(const SignedMessage& item) {
  if (item.signature.size() != kSignatureSize || item.key.bytes.size() != 32) return false;
  PKey key(EVP_PKEY_new_raw_public_key(EVP_PKEY_ED25519, nullptr, item.key.bytes.data(), 32),
           EVP_PKEY_free);
  if (!key) return false;
  Context context(EVP_MD_CTX_new(), EVP_MD_CTX_free);
  return EVP_DigestVerifyInit(context.get(), nullptr, nullptr, nullptr, key.get()) == 1 &&
         EVP_DigestVerify(context.get(), item.signature.data(), item.signature.size(),
                          item.message.data(), item.message.size()) == 1;
}

}  // namespace cambium::crypto::detail
