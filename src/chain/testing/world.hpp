// Stories about a chain: World runs the production path, keeps every block's root and stops a
// test with evidence when an invariant breaks.
//
//   World w;
//   w(send(alice, bob, 5));
//   w(send(alice, bob, 500), fails(insufficient_funds));
//   w.seal();
#pragma once

#include <gtest/gtest.h>

#include <map>
#include <memory>
#include <string>

#include "chain/block.hpp"
#include "chain/genesis.hpp"
#include "chain/modules/bank/genesis.hpp"
#include "chain/testing/stand_in_beacon.hpp"
#include "state/tree.hpp"

namespace cambium::chain::testing {

using crypto::KeyType;
using enum TxStatus;

/// A named actor; the same name has the same keys in every run.
struct Actor {
  std::string name;
  KeyType key_type = KeyType::ed25519;
  std::shared_ptr<crypto::SigningKey> key;
  Address address() const { return crypto::address_of(key->public_key()); }
  std::string field() const { return to_string(address().view()); }
};
Actor actor(const std::string& name, KeyType type = KeyType::ed25519);

/// What a step must end with; the default is success.
struct Expect {
  TxStatus status = TxStatus::ok;
};
inline Expect fails(TxStatus status) { return {status}; }

/// A transaction under construction; every part has a sensible default.
struct Step {
  std::vector<Actor> signers;  // senders first, then a payer of their own
  cambium::tx::v1::TxBody body;
  bool fixed_nonce = false;

  Step& fee(std::uint64_t ucbm, std::uint64_t gas);
  Step& payer(const Actor& who);
  Step& nonce(std::uint64_t value);
  Step& memo(std::string text);
  Step& timeout(std::uint64_t height);
  Step& chain_id(std::string id);
  Step& ticket(std::uint64_t number);
  /// Without a nonce, until that block time.
  Step& unordered(std::int64_t until_ms);
  /// Sent in the senders' names by somebody else, who signs alone.
  Step& by(const Actor& actor);
  /// Paid from this account's allowance, without its signature.
  Step& sponsor(const Actor& who);
  /// These keys instead of the senders' own; the nonce must be named.
  Step& signed_by(std::vector<Actor> keys);
  /// Another step's messages in the same transaction.
  Step& then(const Step& other);
};

/// A step from one message; `sender` is put into field 1.
template <class M>
Step step(const Actor& sender, M message);

Step send(const Actor& from, const Actor& to, std::uint64_t ucbm);
Step send(const Actor& from, const Address& to, std::uint64_t ucbm);
Step burn(const Actor& from, std::uint64_t ucbm);

/// Who is rich at the start.
struct Funds {
  Actor who;
  Amount amount = cbm(1'000);
};

/// Ed25519 by OpenSSL, threshold signatures that protect nothing.
class WorldVerifier final : public crypto::BasicVerifier {
 public:
  const crypto::BeaconScheme* beacon() const override { return &beacon_.scheme(); }

 private:
  StandInBeacon beacon_;
};

class World {
 public:
  /// alice, bob and carol own 1000 CBM each; all modules there are.
  World();
  explicit World(const v1::Genesis& genesis);
  static v1::Genesis genesis(std::vector<Funds> funds, std::vector<std::string> modules = {});

  /// Runs one transaction in its own block and expects this outcome.
  void operator()(Step step, Expect expect = {});
  /// The result without an expectation.
  v1::TxResult run(Step step);
  /// Several raw transactions in one block.
  BlockOutcome block(std::vector<Bytes> txs);
  /// An empty block.
  void seal() { block({}); }
  void advance(std::int64_t ms) { time_.value += ms; }
  /// What the engine says about validators, with every block from the next one on.
  void report(CommitFacts facts) { block_.commit = std::move(facts); }
  /// The randomness of every block from the next one on; threshold rounds are of the block before.
  void draw_by(v1::BeaconKind kind, Bytes value) {
    block_.beacon_kind = kind;
    block_.beacon = std::move(value);
  }
  /// Work that no message reaches: in a block of its own, under the same invariants.
  void between_blocks(Privileges privileges, const std::function<void(Context&)>& work);

  /// The signed bytes of a step with the present nonce.
  Bytes bytes(Step step);

  std::uint64_t balance(const Address& who, const std::string& denom = bank::kUcbm) const;
  std::uint64_t balance(const Actor& who) const { return balance(who.address()); }
  std::uint64_t spendable(const Actor& who) const;
  std::uint64_t supply(const std::string& denom = bank::kUcbm) const;
  std::uint64_t next_nonce(const Actor& who) const;
  /// Reads with a context of the present height.
  ReadContext read() const;
  Environment environment() const { return {block_, verifier_}; }

  const Registry& registry() const { return registry_; }
  const state::View& state() const { return *state_; }
  /// The committed heights, for proofs.
  const state::NodeStore& store() const { return *store_; }
  Hash root() const { return root_; }
  Height height() const { return block_.height; }
  const v1::Genesis& first() const { return genesis_; }
  const std::vector<std::vector<Bytes>>& history() const { return history_; }
  const BlockInfo& info() const { return block_; }
  const BlockOutcome& last() const { return last_; }

 private:
  void commit(const state::Diff& diff);

  v1::Genesis genesis_;
  Registry registry_;
  WorldVerifier verifier_;
  state::EmptyView nothing_;
  std::unique_ptr<state::Overlay> state_;
  std::unique_ptr<state::NodeStore> store_;
  std::unique_ptr<state::Tree> tree_;
  mutable GasMeter unmetered_{{UINT64_MAX}};
  BlockInfo block_;
  TimeMs time_;
  Hash root_;
  BlockOutcome last_;
  std::vector<std::vector<Bytes>> history_;
};

Step step_of(const Actor& sender, const ProtoMessage& message);

template <class M>
Step step(const Actor& sender, M message) {
  message.set_sender(sender.field());
  return step_of(sender, message);
}

}  // namespace cambium::chain::testing
