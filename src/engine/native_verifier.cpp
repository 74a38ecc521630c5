#include "engine/native_verifier.hpp"

#include <cambium_native.h>

namespace cambium::engine {
namespace {

constexpr std::size_t kKeyBytes = 32;
constexpr std::size_t kSignatureBytes = 64;

bool well_formed_ed25519(const crypto::SignedMessage& item) {
  return item.key.type == crypto::KeyType::ed25519 && item.key.bytes.size() == kKeyBytes &&
         item.signature.size() == kSignatureBytes;
}

cn_ed25519_item borrow(const crypto::SignedMessage& item) {
  return {item.key.bytes.data(), item.signature.data(),
          {item.message.data(), item.message.size()}};
}

}  // namespace

bool NativeVerifier::verify(const crypto::SignedMessage& item) const {
  if (item.key.type == crypto::KeyType::secp256k1) return crypto::verify_personal_message(item);
  if (!well_formed_ed25519(item)) return false;
  const auto borrowed = borrow(item);
  return cn_ed25519_verify(&borrowed) == CN_OK;
}

std::vector<bool> NativeVerifier::verify_all(
    std::span<const crypto::SignedMessage> items) const {
  std::vector<bool> verdicts(items.size());
  std::vector<cn_ed25519_item> batch;
  std::vector<std::size_t> position;  // of each batch member in `items`
  for (std::size_t i = 0; i < items.size(); ++i) {
    if (well_formed_ed25519(items[i])) {
      batch.push_back(borrow(items[i]));
      position.push_back(i);
    } else {
      verdicts[i] = verify(items[i]);
    }
  }
  std::vector<std::uint8_t> valid(batch.size());
  cn_ed25519_verify_batch(batch.data(), batch.size(), valid.data(), nullptr);
  for (std::size_t i = 0; i < batch.size(); ++i) verdicts[position[i]] = valid[i] == 1;
  return verdicts;
}

}  // namespace cambium::engine
