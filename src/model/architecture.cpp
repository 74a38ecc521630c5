#include "model/architecture.hpp"

#include <array>

namespace cambium::model {
namespace {

// Beyond these a description is a mistake or an attack, not a model for this runtime.
constexpr std::uint64_t kMaxVocab = 1 << 20;
constexpr std::uint64_t kMaxWidth = 1 << 16;
constexpr std::uint64_t kMaxLayers = 512;
constexpr std::uint64_t kMaxExperts = 1 << 12;
constexpr std::uint64_t kMaxContext = 1 << 20;

struct Range {
  const char* what;
  std::uint64_t value;
  std::uint64_t least;
  std::uint64_t most;
};

Status check(const Range& range) {
  if (range.value >= range.least && range.value <= range.most) return {};
  return fail(ErrorCode::invalid_input,
              std::string("The architecture's ") + range.what + " is " +
                  std::to_string(range.value) + "; it must be from " +
                  std::to_string(range.least) + " to " + std::to_string(range.most) + ".");
}

Status check_lanes(const char* what, std::uint32_t value) {
  if (value % kLaneMultiple == 0) return {};
  return fail(ErrorCode::invalid_input,
              std::string("The architecture's ") + what + " is " + std::to_string(value) +
                  "; it must be a multiple of " + std::to_string(kLaneMultiple) +
                  ", the lanes of the evaluation kernel.");
}

}  // namespace

Status validate(const Architecture& a) {
  const std::array ranges = {
      Range{"vocab", a.vocab, 2, kMaxVocab},
      Range{"d_model", a.d_model, kLaneMultiple, kMaxWidth},
      Range{"layers", a.layers, 1, kMaxLayers},
      Range{"heads", a.heads, 1, 1024},
      Range{"kv_heads", a.kv_heads, 1, a.heads},
      Range{"head_dim", a.head_dim, kLaneMultiple, 1024},
      Range{"ffn_dim", a.ffn_dim, kLaneMultiple, kMaxWidth},
      Range{"shared_ffn_dim", a.shared_ffn_dim, 0, kMaxWidth},
      Range{"experts", a.experts, 0, kMaxExperts},
      Range{"top_k", a.top_k, a.experts > 0 ? 1U : 0U, a.experts},
      Range{"rope_theta", a.rope_theta, 1, 1'000'000'000'000},
      Range{"norm_eps_nano", a.norm_eps_nano, 1, 1'000'000'000},
      Range{"max_context", a.max_context, 1, kMaxContext},
  };
  for (const Range& range : ranges) TRY_STATUS(check(range));
  TRY_STATUS(check_lanes("d_model", a.d_model));
  TRY_STATUS(check_lanes("head_dim", a.head_dim));
  TRY_STATUS(check_lanes("ffn_dim", a.ffn_dim));
  TRY_STATUS(check_lanes("shared_ffn_dim", a.shared_ffn_dim));
  if (a.heads % a.kv_heads != 0) {
    return fail(ErrorCode::invalid_input, "The architecture's " + std::to_string(a.heads) +
                                              " heads cannot share " + std::to_string(a.kv_heads) +
                                              " key/value heads evenly.");
  }
  return {};
}

Architecture small_architecture() {
  Architecture a;
  a.vocab = 4096;
  a.d_model = 128;
  a.layers = 4;
  a.heads = 4;
  a.kv_heads = 2;
  a.head_dim = 32;
  a.ffn_dim = 256;
  a.shared_ffn_dim = 256;
  a.experts = 4;
  a.top_k = 2;
  a.max_context = 128;
  return a;
}

std::vector<std::string> shared_block_names(const Architecture& a) {
  std::vector<std::string> names = {"embed"};
  for (std::uint32_t l = 0; l < a.layers; ++l) {
    const std::string layer = "layer" + std::to_string(l);
    names.push_back(layer + ".attention");
    names.push_back(layer + ".router");
    if (a.shared_ffn_dim > 0) names.push_back(layer + ".shared");
  }
  names.emplace_back("final_norm");
  if (!a.tied) names.emplace_back("head");
  return names;
}

std::vector<std::string> anchor_expert_names(const Architecture& a) {
  std::vector<std::string> names;
  for (std::uint32_t l = 0; l < a.layers; ++l) {
    for (std::uint32_t e = 0; e < a.experts; ++e) {
      names.push_back("layer" + std::to_string(l) + ".expert" + std::to_string(e));
    }
  }
  return names;
}

}  // namespace cambium::model
