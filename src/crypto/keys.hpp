// Keys, signatures and the addresses they own.
#pragma once

#include <array>
#include <memory>
#include <optional>
#include <span>
#include <string>

#include "base/ids.hpp"
#include "base/random.hpp"
#include "base/result.hpp"

namespace cambium::crypto {

/// A multisig key is a policy over other keys: the kernel takes it apart, no library signs by it.
enum class KeyType : std::uint8_t { ed25519 = 1, secp256k1 = 2, multisig = 3 };

/// Ed25519: 32 bytes. secp256k1: 33 bytes compressed. multisig: a canonical tx.v1.MultisigPolicy.
struct PublicKey {
  KeyType type = KeyType::ed25519;
  Bytes bytes;
  bool operator==(const PublicKey&) const = default;
};

/// The owner of a key on chain: 20 bytes, shown as cbm1... Ed25519: the first 20 bytes of
/// SHA-256("cambium/account/v1" || key); secp256k1: the Ethereum address (last 20 bytes of
/// Keccak-256 of the uncompressed point), so that a wallet's address maps to exactly one account;
/// multisig: the first 20 bytes of SHA-256("cambium/multisig/v1" || policy).
struct Address {
  std::array<std::uint8_t, 20> data{};
  ByteView view() const { return data; }
  operator ByteView() const { return data; }
  std::string text() const;  // bech32, prefix cbm
  auto operator<=>(const Address&) const = default;
  static std::optional<Address> from(ByteView bytes);
  static std::optional<Address> from_text(std::string_view text);
};

Address address_of(const PublicKey& key);

/// A key pair that signs. Secrets are wiped on destruction and never printed.
class SigningKey {
 public:
  virtual ~SigningKey() = default;
  virtual const PublicKey& public_key() const = 0;
  /// Ed25519: 64 bytes over `message`. secp256k1: r || s || v (65 bytes) over the EIP-191
  /// personal message `message`.
  virtual Bytes sign(ByteView message) const = 0;
  /// The 32 secret bytes, for the keystore.
  virtual Bytes secret() const = 0;
};

std::unique_ptr<SigningKey> generate_key(KeyType type, Random& random);
Result<std::unique_ptr<SigningKey>> key_from_secret(KeyType type, ByteView secret);

struct SignedMessage {
  PublicKey key;
  ByteView message;
  ByteView signature;
};

class BeaconScheme;  // crypto/beacon_scheme.hpp

/// Verification is passed into the kernel, because production follows ZIP-215 in batches with a
/// library the kernel does not link.
class SignatureVerifier {
 public:
  virtual ~SignatureVerifier() = default;
  virtual bool verify(const SignedMessage& item) const = 0;
  /// One verdict per item, in order; the default asks one at a time.
  virtual std::vector<bool> verify_all(std::span<const SignedMessage> items) const;
  /// Threshold signatures, where the program has them; nullptr otherwise.
  virtual const BeaconScheme* beacon() const { return nullptr; }
};

/// OpenSSL for Ed25519 (cofactorless, so it differs from ZIP-215 on small-order points: tests and
/// tools only) and libsecp256k1 for EIP-191 signatures.
class BasicVerifier : public SignatureVerifier {
 public:
  bool verify(const SignedMessage& item) const override;
};

/// Verifies a 65-byte EIP-191 signature with low s and v in {0, 1, 27, 28} against a compressed
/// key.
bool verify_personal_message(const SignedMessage& item);
/// The compressed key that made the signature, if it is well formed.
std::optional<PublicKey> recover_personal_message(ByteView message, ByteView signature);

/// Keccak-256 with the original padding, as Ethereum uses it.
Hash keccak256(ByteView bytes);
/// 0x... with the mixed-case checksum of EIP-55.
std::string ethereum_address(const Address& address);

}  // namespace cambium::crypto
