// The validators' side of key generation: what each owes the chain, sent now and then; some lie or
// keep silent.
#pragma once

#include "sim/validators/consensus.hpp"
#include "sim/validators/story.hpp"

namespace cambium::sim {

class BeaconAgents {
 public:
  using Operators = std::vector<std::shared_ptr<crypto::SigningKey>>;
  BeaconAgents(Consensus& consensus, const StoryOptions& options, const ReplicaGround& ground,
               const Operators& operators)
      : consensus_(consensus), options_(options), ground_(ground), operators_(operators) {}

  /// Of that validator, for its replica as well.
  engine::BeaconIdentity identity(std::size_t validator, const crypto::BeaconSigner& signer) const;
  /// Every validator that is up sends what it owes.
  void act(const crypto::BeaconSigner& signer);

 private:
  void act(std::size_t validator, const crypto::BeaconSigner& signer);

  Consensus& consensus_;
  const StoryOptions& options_;
  const ReplicaGround& ground_;
  const Operators& operators_;
};

}  // namespace cambium::sim
