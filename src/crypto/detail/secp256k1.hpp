// secp256k1 with EIP-191 personal messages, by libsecp256k1.
#pragma once

#include "crypto/keys.hpp"

namespace cambium::crypto::detail {

/// `secret` has 32 bytes; refused when zero or not below the group order.
Result<std::unique_ptr<SigningKey>> secp256k1_key(ByteView secret);
/// All zero for bytes that are no curve point.
Address ethereum_address_of(ByteView compressed);

}  // namespace cambium::crypto::detail
