#include "engine/cometbft/remembering_verifier.hpp"

#include "crypto/sha256.hpp"

namespace cambium::engine {
namespace {

/// Key, message and signature, each behind its length, so that no two triples look alike.
Hash name_of(const crypto::SignedMessage& item) {
  Bytes head;
  head.push_back(static_cast<std::uint8_t>(item.key.type));
  append_be64(head, item.key.bytes.size());
  append_be64(head, item.message.size());
  return crypto::sha256({head, item.key.bytes, item.message, item.signature});
}

}  // namespace

bool RememberingVerifier::verify(const crypto::SignedMessage& item) const {
  return verify_all({&item, 1}).front();
}

std::vector<bool> RememberingVerifier::verify_all(
    std::span<const crypto::SignedMessage> items) const {
  std::vector<bool> verdicts(items.size(), true);
  std::vector<Hash> names;
  std::vector<crypto::SignedMessage> fresh;
  std::vector<std::size_t> position;  // of each fresh one in `items`
  for (const auto& item : items) names.push_back(name_of(item));
  {
    std::lock_guard lock(mutex_);
    for (std::size_t i = 0; i < items.size(); ++i) {
      if (known_.contains(names[i])) continue;
      fresh.push_back(items[i]);
      position.push_back(i);
    }
  }
  if (fresh.empty()) return verdicts;
  const auto said = inner_.verify_all(fresh);
  std::lock_guard lock(mutex_);
  for (std::size_t i = 0; i < fresh.size(); ++i) {
    verdicts[position[i]] = said[i];
    if (!said[i] || !known_.insert(names[position[i]]).second) continue;
    order_.push_back(names[position[i]]);
    if (order_.size() <= remembered_) continue;
    known_.erase(order_.front());
    order_.pop_front();
  }
  return verdicts;
}

}  // namespace cambium::engine
