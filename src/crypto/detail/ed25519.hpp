// Ed25519 by OpenSSL.
#pragma once

#include "crypto/keys.hpp"

namespace cambium::crypto::detail {

/// `secret` has 32 bytes.
Result<std::unique_ptr<SigningKey>> ed25519_key(ByteView secret);
bool ed25519_verify(const SignedMessage& item);

}  // namespace cambium::crypto::detail
