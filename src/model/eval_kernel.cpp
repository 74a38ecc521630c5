#include "model/eval_kernel.hpp"

#include <algorithm>
#include <atomic>
#include <bit>
#include <mutex>
#include <optional>
#include <thread>

#include "model/eval/experts.hpp"
#include "model/eval/float_mode.hpp"
#include "model/eval/forward.hpp"
#include "model/eval/math.hpp"

namespace cambium::model {
namespace {

using eval::Floats;
using TokenSpan = std::span<const std::uint32_t>;

// Logits of this many tokens are held at once.
constexpr std::size_t kHeadBlock = 32;

// Greater losses count as this, so that a sum over the longest context fits 63 bits.
constexpr float kMostNats = 1024.0F;

bool is_finite(float x) { return (std::bit_cast<std::uint32_t>(x) & 0x7F800000U) != 0x7F800000U; }

Status check_tokens(const ModelView& model, TokenSpan tokens, std::size_t positions) {
  if (positions == 0 || positions > model.architecture.max_context) {
    return fail(ErrorCode::invalid_input,
                "A sequence of " + std::to_string(positions) + " positions does not fit the model,"
                " which takes 1 to " + std::to_string(model.architecture.max_context) +
                "; split the text differently.");
  }
  for (const std::uint32_t token : tokens) {
    if (token < model.architecture.vocab) continue;
    return fail(ErrorCode::invalid_input,
                "Token " + std::to_string(token) + " is outside the vocabulary of " +
                    std::to_string(model.architecture.vocab) +
                    "; encode the text with this model's own tokenizer.");
  }
  return {};
}

// Fills `nats` for the positions whose final states are the rows of `x`.
void head_losses(const ModelView& model, const eval::Rows& x, TokenSpan targets, float* nats) {
  const std::size_t vocab = model.architecture.vocab;
  const std::size_t stride = (vocab + 15) / 16 * 16;
  Floats logits(kHeadBlock * stride);
  for (std::size_t t = 0; t < x.n; t += kHeadBlock) {
    const std::size_t n = std::min(kHeadBlock, x.n - t);
    eval::matmul(model.head, {x.data + t * x.stride, n, x.stride}, {logits.data(), stride});
    for (std::size_t i = 0; i < n; ++i) {
      float* row = logits.data() + i * stride;
      const float target = row[targets[t + i]];
      const eval::SoftmaxSums sums = eval::ops().softmax(row, vocab);
      // Both terms are at least zero: the sum holds exp(0) = 1, and no logit exceeds the maximum.
      nats[t + i] = eval::log_of(sums.total) + (sums.max - target);
    }
  }
}

Result<SequenceLoss> losses_with(const ModelView& model, const eval::RotationTable& rotations,
                                 TokenSpan tokens) {
  const std::size_t n = tokens.size() < 2 ? 0 : tokens.size() - 1;
  TRY_STATUS(check_tokens(model, tokens, n));
  const eval::DefaultFloatMode mode;
  const Floats x = eval::final_states(model, rotations, tokens.first(n), {});
  SequenceLoss loss;
  loss.nats.resize(n);
  head_losses(model, {x.data(), n, model.architecture.d_model}, tokens.subspan(1),
              loss.nats.data());
  for (std::size_t t = 0; t < n; ++t) {
    if (!is_finite(loss.nats[t])) {
      return fail(ErrorCode::invalid_input,
                  "The loss at position " + std::to_string(t) + " is not finite; the weights hold"
                  " or produce infinities, check them before offering the expert.");
    }
    loss.nano_nats += to_nano_nats(loss.nats[t]);
  }
  return loss;
}

// Shared by the threads of one `evaluate`: who takes which sequence, and the first failure.
struct Work {
  const ModelView& model;
  std::span<const Tokens> sequences;
  const EvalOptions& options;
  eval::RotationTable rotations;
  std::vector<SequenceLoss> losses;
  std::atomic<std::size_t> next = 0;
  std::atomic<bool> stopped = false;
  std::mutex mutex;  // guards the two below
  std::size_t done = 0;
  std::optional<Error> error;

  void stop_with(Error why) {
    if (!error) error = std::move(why);
    stopped = true;
  }

  void run() {
    for (std::size_t i = next++; i < sequences.size() && !stopped; i = next++) {
      auto loss = losses_with(model, rotations, sequences[i]);
      const std::lock_guard lock(mutex);
      if (!loss) return stop_with(std::move(loss.error()).in("sequence " + std::to_string(i)));
      losses[i] = std::move(*loss);
      if (options.on_progress && !options.on_progress(++done)) {
        return stop_with({ErrorCode::cancelled, "The evaluation was stopped before its end."});
      }
    }
  }
};

std::size_t longest(std::span<const Tokens> sequences) {
  std::size_t n = 1;
  for (const Tokens& tokens : sequences) n = std::max(n, tokens.size());
  return n;
}

}  // namespace

std::int64_t to_nano_nats(float nats) {
  if (!(nats > 0.0F)) return 0;
  if (nats >= kMostNats) return static_cast<std::int64_t>(kMostNats) * 1'000'000'000;
  const auto bits = std::bit_cast<std::uint32_t>(nats);
  const std::uint32_t shift = 150U - (bits >> 23U);  // nats = mantissa / 2^shift
  const std::uint64_t mantissa = (bits & 0x007FFFFFU) | 0x00800000U;
  return shift > 63U ? 0 : static_cast<std::int64_t>(mantissa * 1'000'000'000U >> shift);
}

Result<SequenceLoss> sequence_losses(const ModelView& model, TokenSpan tokens) {
  const std::size_t positions =
      std::min<std::size_t>(tokens.size(), model.architecture.max_context);
  return losses_with(model, eval::rotation_table(model.architecture, positions), tokens);
}

Result<std::vector<SequenceLoss>> evaluate(const ModelView& model,
                                           std::span<const Tokens> sequences,
                                           const EvalOptions& options) {
  const std::size_t positions =
      std::min<std::size_t>(longest(sequences), model.architecture.max_context);
  Work work{.model = model, .sequences = sequences, .options = options,
            .rotations = eval::rotation_table(model.architecture, positions),
            .losses = std::vector<SequenceLoss>(sequences.size()), .mutex = {}, .error = {}};
  {
    std::vector<std::jthread> helpers;
    for (unsigned i = 1; i < options.threads; ++i) helpers.emplace_back([&work] { work.run(); });
    work.run();
  }
  if (work.error) return tl::unexpected(std::move(*work.error));
  return std::move(work.losses);
}

Result<std::vector<Floats>> ffn_inputs(const ModelView& model, TokenSpan tokens) {
  TRY_STATUS(check_tokens(model, tokens, tokens.size()));
  const eval::DefaultFloatMode mode;
  std::vector<Floats> inputs(model.layers.size());
  const auto rotations = eval::rotation_table(model.architecture, tokens.size());
  eval::final_states(model, rotations, tokens,
                     [&](std::size_t layer, const Floats& h) { inputs[layer] = h; });
  return inputs;
}

Result<Floats> expert_outputs(const ExpertView& expert, std::span<const float> h) {
  if (h.empty() || h.size() % expert.gate.cols != 0) {
    return fail(ErrorCode::invalid_input, "Probe inputs must be whole rows of " +
                                              std::to_string(expert.gate.cols) + " numbers.");
  }
  const eval::DefaultFloatMode mode;
  return eval::expert_forward(expert, h);
}

Result<Floats> gate_values(const ContributedView& expert, std::span<const float> h) {
  const std::size_t d = expert.row.cols;
  if (h.empty() || h.size() % d != 0) {
    return fail(ErrorCode::invalid_input,
                "Probe inputs must be whole rows of " + std::to_string(d) + " numbers.");
  }
  const eval::DefaultFloatMode mode;
  Floats z(h.size() / d);
  eval::matmul(expert.row, {h.data(), z.size(), d}, {z.data(), 1});
  const float bias = eval::row_of(expert.bias)[0];
  for (float& value : z) value = value + bias;
  return z;
}

Result<Floats> reference_logits(const ModelView& model, TokenSpan tokens) {
  TRY_STATUS(check_tokens(model, tokens, tokens.size()));
  const eval::DefaultFloatMode mode;
  const auto rotations = eval::rotation_table(model.architecture, tokens.size());
  const Floats x = eval::final_states(model, rotations, tokens, {});
  const std::size_t vocab = model.architecture.vocab;
  Floats logits(tokens.size() * vocab);
  eval::matmul(model.head, {x.data(), tokens.size(), model.architecture.d_model},
               {logits.data(), vocab});
  return logits;
}

std::string_view eval_kernel_path() { return eval::ops().name; }

}  // namespace cambium::model
