// The keys of a home directory, one file each under keys/. Encrypted at rest (Argon2id and
// XChaCha20-Poly1305 of libsodium) when a passphrase is given; otherwise a file of mode 0600 that
// says in its first line that it is not encrypted.
#pragma once

#include <filesystem>
#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "base/random.hpp"
#include "crypto/keys.hpp"

namespace cambium::node {

using KeyPtr = std::shared_ptr<const crypto::SigningKey>;

/// What a listing shows; never the secret.
struct KeyInfo {
  std::string name;
  crypto::PublicKey key;
  crypto::Address address;
  bool encrypted = false;
};

class Keystore {
 public:
  /// Makes the folder when it is missing, readable only by its owner.
  static Result<Keystore> open(const std::filesystem::path& dir,
                               std::optional<std::string> passphrase = {});

  /// The key of that name, made when it is not there: how a restart finds the same keys.
  Result<KeyPtr> find_or_make(const std::string& name, Random& random,
                              crypto::KeyType type = crypto::KeyType::ed25519);
  /// `not_found`; `refused` for a wrong or missing passphrase.
  Result<KeyPtr> find(const std::string& name) const;
  /// `already_exists` when the name is taken.
  Result<KeyPtr> make(const std::string& name, Random& random, crypto::KeyType type);
  Result<KeyPtr> import(const std::string& name, crypto::KeyType type, ByteView secret);
  Result<std::vector<KeyInfo>> list() const;
  Status erase(const std::string& name);

 private:
  Keystore(std::filesystem::path dir, std::optional<std::string> passphrase)
      : dir_(std::move(dir)), passphrase_(std::move(passphrase)) {}
  Status save(const std::string& name, const crypto::SigningKey& key);

  std::filesystem::path dir_;
  std::optional<std::string> passphrase_;
};

/// Names of the keys that bootstrap makes.
inline constexpr std::string_view kOperatorKey = "operator";    // signs headers and beacons
inline constexpr std::string_view kGatewayKey = "gateway";      // escrow, receipts
inline constexpr std::string_view kEvaluatorKey = "evaluator";  // committee seats
inline constexpr std::string_view kRelayerKey = "relayer";      // moves packets
inline constexpr std::string_view kTrainerKey = "trainer";      // the contributor of the main job
inline constexpr std::string_view kBeaconKey = "beacon";      // opens a validator's beacon shares
inline constexpr std::string_view kDemoKey = "demo";            // the dashboard's demo wallet

}  // namespace cambium::node
