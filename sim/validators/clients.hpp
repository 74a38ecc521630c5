// Clients of a simulated network: each sends one transaction after another, sends it again while
// nobody has seen it final, and remembers what was acknowledged.
#pragma once

#include <optional>

#include "sim/validators/consensus.hpp"
#include "sim/validators/story.hpp"

namespace cambium::sim {

/// What a client was told: this transaction is final, in this block, with this status.
struct Acknowledged {
  TxId id;
  Height height;
  std::uint32_t status = 0;
};

class Client {
 public:
  Client(std::shared_ptr<const crypto::SigningKey> key, std::size_t home)
      : key_(std::move(key)), address_(crypto::address_of(key_->public_key())), home_(home) {}

  const chain::Address& address() const { return address_; }
  /// Signs and submits a message, unless it still waits for another or its validator is down.
  bool send(Consensus& consensus, cambium::tx::v1::Msg msg);
  /// Submits what cannot come or excludes what it waits for: the same message under a later nonce
  /// and, a little dearer, under the same one. Forgets both.
  void disturb(Consensus& consensus, const cambium::tx::v1::Msg& msg) const;
  /// Submits what it waits for again, to any validator.
  void send_again(Consensus& consensus, Random& random);
  /// A block became final at validator `member`.
  void on_block(std::size_t member, const engine::CommittedBlock& block);

  bool waits() const { return waiting_.has_value(); }
  /// The bytes it waits for; empty when it does not.
  std::string waiting() const { return waiting_ ? to_string(waiting_->raw) : std::string(); }
  const std::vector<Acknowledged>& acknowledged() const { return acknowledged_; }
  /// Somebody who listened sends the last acknowledged transaction once more.
  void replay(Consensus& consensus, Random& random) const;

 private:
  struct Waiting {
    TxId id;
    Bytes raw;
  };

  std::shared_ptr<const crypto::SigningKey> key_;
  chain::Address address_;
  std::size_t home_;  // the validator it asks first
  std::optional<Waiting> waiting_;
  std::string last_raw_;  // of what was acknowledged last
  std::vector<Acknowledged> acknowledged_;
};

/// Who can be named in a client's message.
struct Names {
  std::vector<chain::Address> clients;
  std::vector<chain::Address> operators;
};
/// The message a client's action stands for.
cambium::tx::v1::Msg message_of(const Action& action, const Names& names);

}  // namespace cambium::sim
