// Sends transactions of one key: finds nonce, gas and fee by asking the node.
#pragma once

#include "client/chain_api.hpp"
#include "client/transaction.hpp"

namespace cambium::client {

class Sender {
 public:
  /// All borrowed.
  Sender(const ChainApi& chain, const crypto::SigningKey& key) : chain_(chain), key_(key) {}

  /// Waits until it is final. `refused` with the chain's own sentence unless it was applied.
  Result<TxReport> send(std::vector<TxMsg> msgs, std::string memo = {}) const;

 private:
  Result<Bytes> prepare(std::vector<TxMsg> msgs, std::string memo) const;

  const ChainApi& chain_;
  const crypto::SigningKey& key_;
};

}  // namespace cambium::client
