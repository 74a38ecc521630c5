#include <cryptopp/keccak.h>

#include <cctype>

#include "crypto/keys.hpp"

namespace cambium::crypto {

Hash keccak256(ByteView bytes) {
  CryptoPP::Keccak_256 hasher;
  hasher.Update(bytes.data(), bytes.size());
  Hash hash;
  hasher.Final(hash.data.data());
  return hash;
}

std::string ethereum_address(const Address& address) {
  std::string text = to_hex(address.view());
  const std::string mask = keccak256(as_bytes(text)).hex();
  for (std::size_t i = 0; i < text.size(); ++i) {
    const bool upper = mask[i] >= '8';
    if (upper) text[i] = char(std::toupper(static_cast<unsigned char>(text[i])));
  }
  return "0x" + text;
}

}  // namespace cambium::crypto
