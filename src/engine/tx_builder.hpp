// Building and signing transactions from a key: for roles, relayers and tests.
#pragma once

#include <initializer_list>
#include <mutex>
#include <vector>

#include "cambium/tx/v1/tx.pb.h"
#include "crypto/keys.hpp"
#include "engine/engine.hpp"

namespace cambium::engine {

using TxMsg = cambium::tx::v1::Msg;

/// What goes into a transaction besides its messages.
struct TxPlan {
  std::string chain_id;
  std::vector<TxMsg> msgs;
  std::uint64_t nonce = 0;
  std::uint64_t fee_ucbm = 0;
  std::uint64_t gas_limit = 0;
  std::string memo;
};
/// Raw bytes of the signed transaction.
Bytes sign_tx(const TxPlan& plan, const crypto::SigningKey& key);

/// The next nonce of an account on the newest state.
Result<std::uint64_t> next_nonce(const Engine& engine, const crypto::Address& account);
/// Spendable or not: the balance of one denomination, in base units.
Result<std::uint64_t> balance_of(const Engine& engine, const crypto::Address& account,
                                 std::string_view denom = "ucbm");

/// Sends for one key: finds gas by simulation, offers twice the base fee and keeps the nonces in
/// order. Threads may share it; one transaction is under way at a time.
class AccountSender {
 public:
  AccountSender(Engine& engine, std::shared_ptr<const crypto::SigningKey> key)
      : engine_(engine), key_(std::move(key)), address_(crypto::address_of(key_->public_key())) {}

  const crypto::Address& address() const { return address_; }
  /// The sender field of messages.
  std::string sender() const { return to_string(address_); }
  Engine& engine() const { return engine_; }

  /// Waits until it is final. `refused` with the status's sentence unless it was applied.
  Result<TxOutcome> send(std::vector<TxMsg> msgs);
  /// Queues it without waiting; `nonce` is the sender's next.
  Result<TxId> queue(std::vector<TxMsg> msgs, std::uint64_t nonce);

 private:
  Result<Bytes> prepare(std::vector<TxMsg> msgs, std::uint64_t nonce) const;

  Engine& engine_;
  std::shared_ptr<const crypto::SigningKey> key_;
  crypto::Address address_;
  std::mutex mutex_;  // held while a transaction is under way
};

/// The error a status stands for, as a sentence: "compute-0 refused models.LeaseSlot: ...".
Error refusal(const Engine& engine, const std::vector<TxMsg>& msgs, chain::TxStatus status);

}  // namespace cambium::engine
