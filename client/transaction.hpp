// Building and signing transactions over their raw bytes.
#pragma once

#include <vector>

#include "base/ids.hpp"
#include "client/messages.hpp"
#include "crypto/keys.hpp"

namespace cambium::client {

struct TxDraft {
  std::string chain_id;
  std::vector<TxMsg> msgs;
  std::uint64_t nonce = 0;
  std::uint64_t fee_ucbm = 0;
  std::uint64_t gas_limit = 0;
  std::string memo = {};
};

/// SHA-256("cambium/tx/v1" || body): what Ed25519 keys sign, and the hash in the text form.
Hash body_digest(ByteView body);
/// The text that wallets with secp256k1 keys show and sign.
std::string signing_text(const cambium::tx::v1::TxBody& body, ByteView body_bytes);

/// Raw bytes of the signed transaction.
Bytes sign(const TxDraft& draft, const crypto::SigningKey& key);

}  // namespace cambium::client
