// What libtorch does for training; the jobs have been checked.
#pragma once

#include "learn/training.hpp"

namespace cambium::learn::detail {

Result<BaseResult> torch_base(const BaseJob& job, const Clock& clock,
                              const OnProgress& on_progress);
Result<ExpertResult> torch_expert(const ExpertJob& job, const Clock& clock,
                                  const OnProgress& on_progress);
Result<double> torch_loss(const model::ModelWeights& model, std::span<const Tokens> sequences);

}  // namespace cambium::learn::detail
