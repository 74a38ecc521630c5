// SHA-256 (FIPS 180-4), the hash of everything that consensus or a proof depends on.
#pragma once

#include <initializer_list>

#include "base/ids.hpp"

namespace cambium::crypto {

Hash sha256(ByteView bytes);

/// The hash of the parts one after another, without joining them first.
Hash sha256(std::initializer_list<ByteView> parts);

/// Hashes a stream. `finish` may be called once.
class Sha256 {
 public:
  Sha256();
  Sha256& update(ByteView bytes);
  Hash finish();

 private:
  alignas(8) std::uint8_t context_[112];  // OpenSSL's SHA256_CTX, kept out of this header
};

}  // namespace cambium::crypto
