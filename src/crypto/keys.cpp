#include "crypto/keys.hpp"

#include <cstring>

#include "base/bech32.hpp"
#include "crypto/detail/ed25519.hpp"
#include "crypto/detail/secp256k1.hpp"
#include "crypto/sha256.hpp"

namespace cambium::crypto {
namespace {

constexpr std::string_view kPrefix = "cbm";

}  // namespace

std::string Address::text() const { return to_bech32(kPrefix, data); }

std::optional<Address> Address::from(ByteView bytes) {
  Address address;
  if (bytes.size() != address.data.size()) return std::nullopt;
  std::memcpy(address.data.data(), bytes.data(), bytes.size());
  return address;
}

std::optional<Address> Address::from_text(std::string_view text) {
  const auto bytes = from_bech32(kPrefix, text);
  return bytes ? from(*bytes) : std::nullopt;
}

Address address_of(const PublicKey& key) {
  if (key.type == KeyType::secp256k1) return detail::ethereum_address_of(key.bytes);
  const bool shared = key.type == KeyType::multisig;
  const Hash hash =
      sha256({as_bytes(shared ? "cambium/multisig/v1" : "cambium/account/v1"), key.bytes});
  return *Address::from(hash.view().first(20));
}

std::unique_ptr<SigningKey> generate_key(KeyType type, Random& random) {
  for (;;) {  // a secp256k1 secret is out of range once in 2^128 draws
    Bytes secret(32);
    random.fill(secret);
    if (auto key = key_from_secret(type, secret)) return std::move(*key);
  }
}

Result<std::unique_ptr<SigningKey>> key_from_secret(KeyType type, ByteView secret) {
  if (secret.size() != 32) {
    return fail(ErrorCode::invalid_input, "a secret key has 32 bytes; check the key file");
  }
  return type == KeyType::ed25519 ? detail::ed25519_key(secret) : detail::secp256k1_key(secret);
}

std::vector<bool> SignatureVerifier::verify_all(std::span<const SignedMessage> items) const {
  std::vector<bool> verdicts;
  verdicts.reserve(items.size());
  for (const auto& item : items) verdicts.push_back(verify(item));
  return verdicts;
}

bool BasicVerifier::verify(const SignedMessage& item) const {
  if (item.key.type == KeyType::ed25519) return detail::ed25519_verify(item);
  return item.key.type == KeyType::secp256k1 && verify_personal_message(item);
}

}  // namespace cambium::crypto
