// Functional similarity: what an expert does, not what its bytes look like.
#include <algorithm>
#include <cmath>

#include "base/random.hpp"
#include "crypto/sha256.hpp"
#include "learn/detail/probes.hpp"

namespace cambium::learn {
namespace {

// One cosine over all probes at once compares two experts as functions.
double cosine(std::span<const float> a, std::span<const float> b) {
  double ab = 0;
  double aa = 0;
  double bb = 0;
  for (std::size_t i = 0; i < a.size(); ++i) {
    ab += static_cast<double>(a[i]) * static_cast<double>(b[i]);
    aa += static_cast<double>(a[i]) * static_cast<double>(a[i]);
    bb += static_cast<double>(b[i]) * static_cast<double>(b[i]);
  }
  return aa > 0 && bb > 0 ? ab / std::sqrt(aa * bb) : 0;
}

// The contributed expert of that name, if the model has one.
const model::ExpertView* find(const model::ModelWeights& model, const model::ExpertName& name) {
  if (name.layer >= model.view().layers.size()) return nullptr;
  for (const auto& contributed : model.view().layers[name.layer].contributed) {
    if (contributed.slot == name.expert) return &contributed.expert;
  }
  return nullptr;
}

}  // namespace

Result<std::vector<float>> detail::probe_states(const model::ModelWeights& head,
                                                std::uint32_t layer, const Hash& beacon) {
  const model::Architecture& a = head.architecture();
  SeededRandom random(read_be64(crypto::sha256({as_bytes("cambium/probes/v1"), beacon.view()})
                                    .view().first(8)));
  std::vector<float> out;
  const std::size_t row = std::min<std::size_t>(kGateProbes, a.max_context);
  while (out.size() < kGateProbes * a.d_model) {
    Tokens tokens(row);
    for (auto& token : tokens) token = static_cast<std::uint32_t>(random.below(a.vocab));
    TRY(const auto states, model::ffn_inputs(head.view(), tokens));
    out.insert(out.end(), states[layer].begin(), states[layer].end());
  }
  out.resize(kGateProbes * a.d_model);
  return out;
}

Result<std::vector<float>> detail::outputs_of(const model::ModelWeights& head,
                                              const CandidateExpert& expert,
                                              std::span<const float> states) {
  TRY(const auto with, with_candidate(head, {&expert, 1}));
  return model::expert_outputs(*find(*with, expert.name), states);
}

Result<std::int64_t> functional_similarity_nano(const model::ModelWeights& head,
                                                const CandidateExpert& one,
                                                const CandidateExpert& other,
                                                const Hash& beacon) {
  TRY(const auto states, detail::probe_states(head, one.name.layer, beacon));
  TRY(auto a, detail::outputs_of(head, one, states));
  TRY(auto b, detail::outputs_of(head, other, states));
  if (const model::ExpertView* parent = find(head, one.name)) {
    TRY(const auto before, model::expert_outputs(*parent, states));
    for (std::size_t i = 0; i < before.size(); ++i) {
      a[i] -= before[i];
      b[i] -= before[i];
    }
  }
  return static_cast<std::int64_t>(std::llround(cosine(a, b) * 1e9));
}

}  // namespace cambium::learn
