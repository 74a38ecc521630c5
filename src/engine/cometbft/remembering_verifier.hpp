// Does not verify the same signature twice: a transaction's come by submission, gossip, proposal
// and block.
#pragma once

#include <deque>
#include <mutex>
#include <unordered_set>

#include "base/ids.hpp"
#include "crypto/keys.hpp"

namespace cambium::engine {

/// Remembers what verified, never what failed. Threads may call everything at any time.
class RememberingVerifier final : public crypto::SignatureVerifier {
 public:
  /// `inner` is borrowed; the oldest of more than `remembered` signatures are forgotten.
  RememberingVerifier(const crypto::SignatureVerifier& inner, std::size_t remembered)
      : inner_(inner), remembered_(remembered) {}

  bool verify(const crypto::SignedMessage& item) const override;
  std::vector<bool> verify_all(std::span<const crypto::SignedMessage> items) const override;
  const crypto::BeaconScheme* beacon() const override { return inner_.beacon(); }

 private:
  const crypto::SignatureVerifier& inner_;
  const std::size_t remembered_;
  mutable std::mutex mutex_;  // guards the next two
  mutable std::unordered_set<Hash> known_;
  mutable std::deque<Hash> order_;
};

}  // namespace cambium::engine
