// Public keys between their wire form and the crypto room's type.
#pragma once

#include "cambium/tx/v1/keys.pb.h"
#include "crypto/keys.hpp"

namespace cambium::chain {

crypto::PublicKey key_from_proto(const cambium::tx::v1::PublicKey& key);
cambium::tx::v1::PublicKey key_to_proto(const crypto::PublicKey& key);
/// The type is known and the length fits it; nothing is said about the point.
bool is_well_formed(const cambium::tx::v1::PublicKey& key);

}  // namespace cambium::chain
