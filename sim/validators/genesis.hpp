// The first state of a simulated network of validators.
#pragma once

#include "cambium/chain/v1/chain.pb.h"
#include "crypto/keys.hpp"

namespace cambium::sim {

struct Cast {
  std::vector<std::shared_ptr<crypto::SigningKey>> consensus;  // one a validator
  std::vector<std::shared_ptr<crypto::SigningKey>> operators;  // one a validator
  std::vector<std::shared_ptr<crypto::SigningKey>> clients;
};

/// Adds a beacon with short windows; keys come by the validators' own messages.
void add_beacon(chain::v1::Genesis& genesis);

/// Every validator has bonded 200,000 CBM, every client owns 100,000 CBM.
chain::v1::Genesis validators_genesis(const Cast& cast, TimeMs start);

}  // namespace cambium::sim
