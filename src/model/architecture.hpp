// One description of a Mixture-of-Experts transformer; everything that computes or stores a model
// is driven by it.
//
//   x  = embed[token]
//   for each layer:  x += attention(norm(x));  h = norm(x);  x += moe(h)
//   moe(h) = shared(h) + sum over the top_k routed experts of p_e E_e(h)
//          + sum over contributed experts with z_i > 0 of sigmoid(z_i) C_i(h),  z_i = w_i . h + b_i
//   logits = head(norm(x))
//
// Attention is causal with grouped key/value heads and rotary positions in the half-split form:
// elements i and i + head_dim/2 of a head turn together by position * rope_theta^(-2i/head_dim).
// An expert is down(silu(gate h) * (up h)).
#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "base/result.hpp"

namespace cambium::model {

struct Architecture {
  std::uint32_t vocab = 0;
  std::uint32_t d_model = 0;
  std::uint32_t layers = 0;
  std::uint32_t heads = 0;
  std::uint32_t kv_heads = 0;
  std::uint32_t head_dim = 0;
  std::uint32_t ffn_dim = 0;         // inner width of a routed expert
  std::uint32_t shared_ffn_dim = 0;  // 0: no shared expert
  std::uint32_t experts = 0;         // routed experts of the anchor in a layer
  std::uint32_t top_k = 0;
  bool renormalise = true;
  std::uint64_t rope_theta = 10'000;
  std::uint64_t norm_eps_nano = 10'000;
  bool tied = true;
  std::uint32_t max_context = 0;

  std::uint32_t query_dim() const { return heads * head_dim; }
  std::uint32_t kv_dim() const { return kv_heads * head_dim; }
  /// RMSNorm's epsilon as the fp32 that every kernel uses.
  float norm_eps() const { return static_cast<float>(static_cast<double>(norm_eps_nano) / 1e9); }
  bool operator==(const Architecture&) const = default;
};

/// Widths that dot products run over are multiples of this: the evaluation kernel reduces in
/// sixteen lanes.
inline constexpr std::uint32_t kLaneMultiple = 16;

/// A sentence naming the first number that cannot be.
Status validate(const Architecture& architecture);

/// The model of the main job: about 2.9 million parameters.
Architecture small_architecture();

/// Names of the shared blocks in their fixed order: embed, layer<L>.attention, layer<L>.router,
/// layer<L>.shared (where there is one), final_norm and, untied, head.
std::vector<std::string> shared_block_names(const Architecture& architecture);

/// Names of the anchor's experts, layer by layer.
std::vector<std::string> anchor_expert_names(const Architecture& architecture);

}  // namespace cambium::model
