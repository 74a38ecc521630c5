// The one-shot low-level interface costs a tenth of the EVP one on short inputs, and most of what
// we hash is 65 bytes long; OpenSSL marks it deprecated without offering an equal.
#define OPENSSL_SUPPRESS_DEPRECATED
#include "crypto/sha256.hpp"

#include <openssl/sha.h>

namespace cambium::crypto {

Sha256::Sha256() {
  static_assert(sizeof(SHA256_CTX) <= sizeof context_);
  SHA256_Init(reinterpret_cast<SHA256_CTX*>(context_));
}

Sha256& Sha256::update(ByteView bytes) {
  SHA256_Update(reinterpret_cast<SHA256_CTX*>(context_), bytes.data(), bytes.size());
  return *this;
}

Hash Sha256::finish() {
  Hash hash;
  SHA256_Final(hash.data.data(), reinterpret_cast<SHA256_CTX*>(context_));
  return hash;
}

Hash sha256(ByteView bytes) { return Sha256().update(bytes).finish(); }

Hash sha256(std::initializer_list<ByteView> parts) {
  Sha256 hasher;
  for (auto part : parts) hasher.update(part);
  return hasher.finish();
}

}  // namespace cambium::crypto
