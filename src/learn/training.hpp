// Training and its reference run in libtorch, which lies in a library of its own: it is loaded when
// somebody trains, so that a node, a chat or a wallet starts without it.
#pragma once

#include "learn/base_trainer.hpp"
#include "learn/expert_trainer.hpp"

namespace cambium::learn {

/// What the library does; jobs have been checked.
struct Training {
  Result<BaseResult> (*base)(const BaseJob&, const Clock&, const OnProgress&);
  Result<ExpertResult> (*expert)(const ExpertJob&, const Clock&, const OnProgress&);
  /// Mean cross-entropy in nats per token.
  Result<double> (*loss)(const model::ModelWeights&, std::span<const Tokens>);
};

/// Loads it at the first call (a quarter of a second); `not_found` when it is not there or does not
/// belong to this program. Threads may call it at any time.
Result<const Training*> training();

}  // namespace cambium::learn
