// A block of the store, mapped read-only: its content in place, verified as far as asked for.
#pragma once

#include <filesystem>

#include "base/mapped_file.hpp"
#include "base/result.hpp"
#include "crypto/payload_tree.hpp"

namespace cambium::store {

class StoredPayload {
 public:
  StoredPayload(MappedFile file, crypto::PayloadVerifier verifier)
      : file_(std::move(file)), verifier_(std::move(verifier)) {}

  /// The payload without its index: what PUT and GET /payloads/{root} carry.
  ByteView content() const { return verifier_.parts().content; }
  const Hash& root() const { return verifier_.parts().root; }
  const crypto::PayloadVerifier& verifier() const { return verifier_; }
  Status verify_all() const { return verifier_.verify_all(); }
  /// For a storage challenge: one 1 KiB leaf's path to the root.
  Result<crypto::PayloadLeafProof> prove(std::uint64_t leaf) const {
    return crypto::prove_payload_leaf(verifier_.parts(), leaf);
  }

 private:
  MappedFile file_;
  crypto::PayloadVerifier verifier_;
};

}  // namespace cambium::store
