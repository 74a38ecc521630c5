#include "node/detail/sealed_secret.hpp"

#include <sodium.h>

namespace cambium::node::detail {
namespace {

constexpr std::size_t kSalt = crypto_pwhash_SALTBYTES;
constexpr std::size_t kNonce = crypto_aead_xchacha20poly1305_ietf_NPUBBYTES;
constexpr std::size_t kTag = crypto_aead_xchacha20poly1305_ietf_ABYTES;

Result<Bytes> derive(const std::string& passphrase, const std::uint8_t* salt) {
  Bytes key(crypto_aead_xchacha20poly1305_ietf_KEYBYTES);
  const int code = crypto_pwhash(key.data(), key.size(), passphrase.data(), passphrase.size(), salt,
                                 crypto_pwhash_OPSLIMIT_INTERACTIVE,
                                 crypto_pwhash_MEMLIMIT_INTERACTIVE, crypto_pwhash_ALG_ARGON2ID13);
  if (sodium_init() < 0 || code != 0) {
    return fail(ErrorCode::unavailable,
                "There is not enough memory to open the keystore (64 MiB are needed).");
  }
  return key;
}

}  // namespace

Result<Bytes> seal_secret(ByteView secret, const std::string& passphrase) {
  Bytes out(kSalt + kNonce + secret.size() + kTag);
  randombytes_buf(out.data(), kSalt + kNonce);
  TRY(auto key, derive(passphrase, out.data()));
  crypto_aead_xchacha20poly1305_ietf_encrypt(out.data() + kSalt + kNonce, nullptr, secret.data(),
                                             secret.size(), nullptr, 0, nullptr,
                                             out.data() + kSalt, key.data());
  sodium_memzero(key.data(), key.size());
  return out;
}

Result<Bytes> open_secret(ByteView sealed, const std::string& passphrase) {
  if (sealed.size() < kSalt + kNonce + kTag) {
    return fail(ErrorCode::corrupt, "The key file is too short; restore it from a backup.");
  }
  TRY(auto key, derive(passphrase, sealed.data()));
  Bytes out(sealed.size() - kSalt - kNonce - kTag);
  const int code = crypto_aead_xchacha20poly1305_ietf_decrypt(
      out.data(), nullptr, nullptr, sealed.data() + kSalt + kNonce,
      sealed.size() - kSalt - kNonce, nullptr, 0, sealed.data() + kSalt, key.data());
  sodium_memzero(key.data(), key.size());
  if (code != 0) {
    return fail(ErrorCode::refused, "The passphrase is wrong, or the key file was altered.");
  }
  return out;
}

}  // namespace cambium::node::detail
