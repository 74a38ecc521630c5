// The libtorch reference of the evaluation kernel: what training computes, for checking.
#pragma once

#include <span>

#include "base/result.hpp"
#include "learn/text.hpp"
#include "model/weights.hpp"

namespace cambium::learn {

/// Mean cross-entropy in nats per token over sequences of equal length, contributed experts
/// included; agrees with the evaluation kernel to 1e-3.
Result<double> reference_loss(const model::ModelWeights& model, std::span<const Tokens> sequences);

}  // namespace cambium::learn
