// One transaction's way through the kernel: decode, authorise, charge, apply, check invariants.
#pragma once

#include <span>
#include <vector>

#include "cambium/tx/v1/tx.pb.h"
#include "chain/modules/registry.hpp"

namespace cambium::chain {

inline constexpr std::size_t kMaxMessages = 64;
inline constexpr std::size_t kMaxMemoBytes = 256;
inline constexpr std::size_t kMaxDecodableTxBytes = 4u << 20;  // above any chain's parameter

/// What a transaction's status is when it did not become a value.
template <class T>
using TxOutcome = tl::expected<T, TxStatus>;

/// A well-formed transaction: everything that can be said without state has been checked.
struct Tx {
  cambium::tx::v1::TxRaw raw;
  cambium::tx::v1::TxBody body;
  TxId id;                                        // SHA-256 of the raw bytes
  std::size_t bytes = 0;
  std::vector<const ProtoMessage*> messages;      // inside `body`
  std::vector<const MessageHandler*> handlers;    // one a message
  std::vector<Address> signers;  // who must sign: the actor or the senders in order, then a payer
  Address payer;                                  // the sponsor when there is one
  bool zero_fee = false;                          // every message is in a zero-fee lane, no fee
  const Registry* registry = nullptr;             // by which it was decoded

  Tx() = default;
  Tx(Tx&&) = delete;  // `messages` points into `body`
};

TxId tx_id(ByteView raw);

/// Decodes and runs every preflight. Statuses of the malformed band only.
TxOutcome<std::unique_ptr<Tx>> decode_tx(const Registry& registry, std::string_view chain_id,
                                         ByteView raw);

/// The signed bytes: SHA-256("cambium/tx/v1" || body).
Hash sign_digest(ByteView body);
/// The readable text that secp256k1 wallets sign (EIP-191): names the chain, what each message
/// does and the digest. Version 1; anything outside printable ASCII is escaped.
std::string sign_text(const cambium::tx::v1::TxBody& body, ByteView body_bytes);

/// How many keys signed, each member of a shared one counted: what verifying is charged by.
std::size_t signature_count(const Tx& tx);

/// Every signature of these transactions, checked in one batch; one verdict a transaction.
std::vector<bool> verify_signatures(std::span<const Tx* const> txs,
                                    const crypto::SignatureVerifier& verifier);

/// What the mempool asks: may this be included on top of `state` now? Only the framework's own
/// questions (and, in a free lane, the messages' checks); signatures are not looked at.
TxStatus admit(const state::View& state, Environment env, const Tx& tx);

struct Execution {
  v1::TxResult result;
  bool included = false;  // false: nothing changed, not even fee and nonce
  state::Diff diff;       // this transaction's effects
  std::vector<std::string> violations;  // evidence, for the log
};

/// Applies a transaction whose signatures have been verified.
Execution execute_tx(const Registry& registry, state::Overlay& overlay, Environment env,
                     const Tx& tx);

}  // namespace cambium::chain
