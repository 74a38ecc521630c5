// A secret under a passphrase: Argon2id (RFC 9106) and XChaCha20-Poly1305, by libsodium.
#pragma once

#include <string>

#include "base/bytes.hpp"
#include "base/result.hpp"

namespace cambium::node::detail {

/// salt (16) || nonce (24) || ciphertext with its tag.
Result<Bytes> seal_secret(ByteView secret, const std::string& passphrase);
/// `refused` when the passphrase is wrong or the bytes were altered.
Result<Bytes> open_secret(ByteView sealed, const std::string& passphrase);

}  // namespace cambium::node::detail
