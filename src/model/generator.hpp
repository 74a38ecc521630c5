// Generation: prompt tokens in, answer tokens out one at a time, on one snapshot of the weights.
#pragma once

#include <atomic>
#include <cstdint>
#include <functional>
#include <map>
#include <string_view>
#include <vector>

#include "base/clock.hpp"
#include "base/result.hpp"
#include "model/expert_name.hpp"
#include "model/sampler.hpp"
#include "model/tokenizer.hpp"
#include "model/weights.hpp"

namespace cambium::model {

/// Set from any thread; looked at before every token and between the layers of a long prompt.
class CancelToken {
 public:
  void cancel() { cancelled_.store(true, std::memory_order_relaxed); }
  bool cancelled() const { return cancelled_.load(std::memory_order_relaxed); }

 private:
  std::atomic<bool> cancelled_ = false;
};

/// How often an expert took part, and with what weight, in 10^-9 (a share of 1 per token).
struct ExpertUse {
  std::uint64_t tokens = 0;
  std::uint64_t gate_mass_nano = 0;
  std::uint64_t compute_ns = 0;  // spent in its matrices, its loading included
  std::uint64_t load_ns = 0;     // spent hashing it at its first use
};
using ExpertUsage = std::map<ExpertName, ExpertUse>;

struct GenerateRequest {
  Tokens prompt;  // must not be empty
  std::uint32_t max_tokens = 64;
  Sampling sampling;
  Tokens stop_tokens;  // the answer ends before the first of these
  /// How many anchor experts a token takes; 0: what the architecture says.
  std::uint32_t top_k_experts = 0;
  /// shared_only: no routed and no contributed experts.
  enum class Experts { all, shared_only } experts = Experts::all;
  /// What happens when prompt and answer outgrow max_context. slide: the model goes on with the
  /// last half of what it has seen. refuse: a longer prompt is an error, the answer stops.
  enum class Overflow { slide, refuse } overflow = Overflow::slide;
};

enum class StopReason { length, stop, context_full, cancelled, consumer_stopped };
/// "length", "stop", ...: as events and receipts show it.
std::string_view name(StopReason reason);

struct GenerateResult {
  Tokens tokens;
  StopReason reason = StopReason::length;
  ExpertUsage usage;  // of prompt and answer together
  double prefill_s = 0;
  double decode_s = 0;
};

/// Called with each token as it is drawn; false ends the answer, that token included.
using OnToken = std::function<bool(std::uint32_t token)>;

struct GenerateContext {
  const OnToken& on_token;
  const CancelToken& cancel;
  const Clock& clock;
};

/// The tokens of a prompt that the model reads under `slide`: the last three quarters of the
/// context at most, so that there is room to answer.
std::span<const std::uint32_t> visible_prompt(const Architecture& architecture,
                                              std::span<const std::uint32_t> prompt);

/// Refuses an empty prompt, unknown tokens and numbers out of range, each with a sentence. A cancel
/// is no error: the result holds what was drawn before it.
Result<GenerateResult> generate(const ModelWeights& weights, const GenerateRequest& request,
                                const GenerateContext& context);

}  // namespace cambium::model
