// A model at work on one conversation: tokens go in, logits come out, keys and values stay.
#pragma once

#include <cstdint>
#include <functional>
#include <span>
#include <vector>

#include "base/clock.hpp"
#include "base/result.hpp"
#include "model/eval/attention.hpp"
#include "model/generator.hpp"
#include "model/runtime/kv_cache.hpp"
#include "model/weights.hpp"

namespace cambium::model::runtime {

struct SessionOptions {
  std::size_t capacity = 0;       // positions; at most max_context
  std::uint32_t top_k = 0;        // routed experts of a token
  GenerateRequest::Experts experts = GenerateRequest::Experts::all;
};

/// One thread at a time. The weights and the clock must outlive it.
class Session {
 public:
  /// Hashes the shared blocks if that has not been done; experts follow when first selected.
  static Result<Session> open(const ModelWeights& weights, const SessionOptions& options,
                              const Clock& clock);

  /// Appends tokens (known ones, within the capacity: CHECKed) and gives the logits after the last.
  /// `cancelled` between layers when told to stop; the session is then of no further use.
  Result<std::span<const float>> advance(std::span<const std::uint32_t> tokens,
                                         const CancelToken& cancel);

  std::size_t length() const { return cache_.length(); }
  /// Forgets all tokens, keeps the usage.
  void rewind() { cache_.set_length(0); }
  const ExpertUsage& usage() const { return usage_; }

 private:
  Session(const ModelWeights& weights, const SessionOptions& options, const Clock& clock);
  void attend(std::size_t layer, std::size_t n);
  void attend_head(std::size_t layer, std::size_t kv_head, std::size_t token);
  Status mix_experts(std::size_t layer, std::size_t n);
  // Tokens that take an expert, with the weight of each.
  struct Share {
    std::vector<std::size_t> tokens;
    std::vector<float> weights;
  };
  Share routed_share(std::size_t expert, std::size_t n) const;
  Share contributed_share(const ContributedView& expert, std::size_t n);
  void route(std::size_t layer, std::size_t n);
  Status add_expert(const ExpertName& name, const ExpertView& expert, const Share& share);
  void run_ffn(const ExpertView& expert, const float* h, std::size_t n);

  const ModelWeights* weights_;
  SessionOptions options_;
  const Clock* clock_;
  eval::RotationTable rotations_;
  KvCache cache_;
  ExpertUsage usage_;
  // Norm weights widened once: [layer] attention, [layer] ffn, final.
  std::vector<std::vector<float>> attention_norms_, ffn_norms_;
  std::vector<float> final_norm_;
  // Activations of the tokens being appended; sized by `advance`.
  std::vector<float> x_, h_, q_, k_, v_, mixed_, out_, scores_;
  std::vector<float> routes_, gathered_, gate_, up_, down_, logits_;
};

}  // namespace cambium::model::runtime
