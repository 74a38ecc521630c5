// What a contributor needs of a network: the head, leases, candidates, a place for payloads. In
// this process or over HTTP; the contributor's work is the same.
#pragma once

#include <optional>
#include <vector>

#include "cambium/evaluation/v1/evaluation.pb.h"
#include "engine/tx_builder.hpp"
#include "node/model_loader.hpp"

namespace cambium::node {

class TrainerBackend {
 public:
  virtual ~TrainerBackend() = default;

  virtual const crypto::SigningKey& key() const = 0;
  virtual std::string chain_id() const = 0;  // of the compute chain
  virtual Result<ModelHead> head(const std::string& model) = 0;
  virtual Result<model::SharedWeights> weights(const ModelHead& head) = 0;
  virtual Result<std::shared_ptr<const model::Tokenizer>> tokenizer(const ModelHead& head) = 0;
  /// Leading zero bits of the light proof-of-work.
  virtual Result<std::uint32_t> work_bits() = 0;
  /// Slots of the model that this account has leased.
  virtual Result<std::vector<cambium::models::v1::SlotLease>> leases(const std::string& model) = 0;
  /// The candidate of a commitment, if the chain has seen it.
  virtual Result<std::optional<cambium::evaluation::v1::Candidate>> find(
      const Hash& commitment) = 0;

  /// Signs with the contributor's key on the compute chain and waits until it is final.
  virtual Result<engine::TxOutcome> send(std::vector<engine::TxMsg> msgs) = 0;
  /// Publishes a payload; publishing it again is cheap.
  virtual Status put_payload(const Hash& root, ByteView content) = 0;
  /// Returns when the compute chain has moved on. `hurry` asks for a block soon, where the network
  /// allows it; `wait` lets it come by itself and returns after ten seconds at the latest.
  enum class Pace : std::uint8_t { hurry, wait };
  virtual Status next_block(Pace pace) = 0;
};

class Node;
/// The node of this process; the key is one of its own.
Result<std::unique_ptr<TrainerBackend>> local_backend(Node& node, std::string_view key_name);

}  // namespace cambium::node
