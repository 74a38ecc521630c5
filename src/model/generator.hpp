// Generation: prompt tokens in, answer tokens out one at a time, on one snapshot of the weights.
#pragma once

#include <atomic>
#include <cstdint>
#include <functional>
#include <map>
#include <memory>
#include <string>
#include <vector>

#include "base/ids.hpp"
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
  std::uint64_t compute_ns = 0;  // spent in its matrices
  std::uint64_t load_ns = 0;     // spent hashing it at its first use
};
using ExpertUsage = std::map<ExpertName, ExpertUse>;

struct GenerateRequest {
  Tokens prompt;                 // must not be empty
  std::uint32_t max_tokens = 64;
  Sampling sampling;
  std::vector<Tokens> stop;      // the answer ends before the first of these
  /// How many anchor experts a token takes; 0: what the architecture says.
  std::uint32_t top_k_experts = 0;
  /// Without routed or contributed experts: the shared expert alone answers.
  enum class Experts { all, shared_only } experts = Experts::all;
};

enum class StopReason { length, stop_sequence, context_full, cancelled, consumer_stopped };
std::string_view name(StopReason reason);

struct GenerateResult {
  Tokens tokens;
  StopReason reason = StopReason::length;
  ExpertUsage usage;             // of prompt and answer together
  double prefill_s = 0;
  double decode_s = 0;
};

/// Called with each token as it is drawn; false ends the answer.
using OnToken = std::function<bool(std::uint32_t token)>;

/// Refuses an empty prompt, unknown tokens and a prompt that leaves no room in the context, each
/// with a sentence. Prompt and answer together never exceed max_context.
Result<GenerateResult> generate(const ModelWeights& weights, const GenerateRequest& request,
                                const OnToken& on_token, const CancelToken& cancel);

}  // namespace cambium::model
