// The evaluation kernel: losses that are the same bits on every machine and under every compiler,
// so that a committee's measurements can be compared with tolerance zero.
//
// Everything is fp32 with IEEE-754 add, subtract, multiply, divide and square root, rounded to
// nearest even, never fused. A dot product runs in sixteen lanes, lane i % 16 in ascending i, which
// are then folded 16 -> 8 -> 4 -> 2 -> 1, each lane with the one half the width above it. exp and
// log are our own (eval/math.hpp). Results depend on neither threads nor instruction set.
// CAMBIUM_SIMD=scalar|avx2|avx512 in the environment forces a path.
#pragma once

#include <cstdint>
#include <functional>
#include <span>
#include <string_view>
#include <vector>

#include "base/result.hpp"
#include "model/model_view.hpp"

namespace cambium::model {

using Tokens = std::vector<std::uint32_t>;

/// What one sequence of n + 1 tokens lost: n predictions.
struct SequenceLoss {
  std::vector<float> nats;      // per predicted token, never negative
  std::int64_t nano_nats = 0;   // sum of floor(nats * 10^9), exact
};

/// One sequence; tokens.size() - 1 predictions, at least one and at most max_context. Refuses
/// unknown tokens and losses that are not finite (`invalid_input`).
Result<SequenceLoss> sequence_losses(const ModelView& model, std::span<const std::uint32_t> tokens);

/// How a batch of sequences is worked through.
struct EvalOptions {
  unsigned threads = 1;
  /// Called after each sequence with how many are done; false stops with `cancelled`. May be called
  /// from any of the threads, one at a time.
  std::function<bool(std::size_t done)> on_progress;
};

/// Many sequences, in their order, whichever thread took which.
Result<std::vector<SequenceLoss>> evaluate(const ModelView& model,
                                           std::span<const Tokens> sequences,
                                           const EvalOptions& options);

/// floor(nats * 10^9) without rounding error; 1024 nats and more count as 1024.
std::int64_t to_nano_nats(float nats);

/// The normed inputs h of every layer's experts, [layers][tokens x d_model]: what gates are fitted
/// on and probes are drawn from.
Result<std::vector<std::vector<float>>> ffn_inputs(const ModelView& model,
                                                   std::span<const std::uint32_t> tokens);

/// An expert's outputs for rows of `h` ([n x d_model], n whole): functional probes compare these.
Result<std::vector<float>> expert_outputs(const ExpertView& expert, std::span<const float> h);

/// row . h + bias for each row of `h`: above zero the contributed expert takes part.
Result<std::vector<float>> gate_values(const ContributedView& expert, std::span<const float> h);

/// The logits after every token, [tokens x vocab]: what serving kernels are compared with.
Result<std::vector<float>> reference_logits(const ModelView& model,
                                            std::span<const std::uint32_t> tokens);

/// "scalar", "avx2" or "avx512": the path in use.
std::string_view eval_kernel_path();

}  // namespace cambium::model
