#include "model/golden.hpp"

#include <array>
#include <bit>

#include "base/check.hpp"
#include "model/eval_kernel.hpp"
#include "model/synthetic.hpp"
#include "tensor/convert.hpp"

namespace cambium::model {
namespace {

constexpr std::uint64_t kSeed = 20'240'917;
constexpr std::array<ExpertName, 3> kContributed = {{{0, 5}, {1, 5}, {1, 7}}};

// Widths of the main job's model, with odd numbers of tokens, experts and words around them.
Architecture wide_architecture() {
  Architecture a = tiny_architecture();
  a.vocab = 301;
  a.d_model = 128;
  a.heads = 4;
  a.kv_heads = 2;
  a.head_dim = 32;
  a.ffn_dim = 256;
  a.shared_ffn_dim = 128;
  a.experts = 5;
  a.renormalise = false;
  return a;
}

std::string hex32(std::uint32_t value) {
  constexpr std::string_view kDigits = "0123456789abcdef";
  std::string text(8, '0');
  for (std::size_t i = 8; i-- > 0; value >>= 4U) text[i] = kDigits[value & 0xFU];
  return text;
}

std::string line(std::string_view name, const ModelView& view, std::size_t positions) {
  const auto tokens = synthetic_tokens({kSeed, view.architecture.vocab}, positions + 1);
  const auto loss = sequence_losses(view, tokens);
  CHECK(loss.has_value(), "the golden models are finite");
  std::string text = std::string(name) + " " + std::to_string(loss->nano_nats);
  for (const float nats : loss->nats) text += " " + hex32(std::bit_cast<std::uint32_t>(nats));
  return text + "\n";
}

// The model with every expert of the first layer stored as `dtype`.
std::string quantised_line(const Architecture& architecture, tensor::DType dtype) {
  const SyntheticModel model(architecture, kSeed, kContributed);
  ModelView view = model.view();
  std::vector<tensor::OwnedTensor> owned;
  owned.reserve(view.layers[0].experts.size() * 3);
  for (ExpertView& expert : view.layers[0].experts) {
    for (TensorView* weights : {&expert.gate, &expert.up, &expert.down}) {
      auto narrow = tensor::quantise(*weights, dtype);
      CHECK(narrow.has_value(), "the golden weights can be stored in every type");
      owned.push_back(std::move(*narrow));
      *weights = owned.back().view();
    }
  }
  return line("wide-" + std::string(tensor::name(dtype)), view, 9);
}

}  // namespace

std::string golden_report() {
  const SyntheticModel tiny(tiny_architecture(), kSeed);
  const SyntheticModel wide(wide_architecture(), kSeed, kContributed);
  std::string report = line("tiny", tiny.view(), 33) + line("wide", wide.view(), 21);
  for (const auto dtype : {tensor::DType::fp16, tensor::DType::bf16, tensor::DType::fp8_e4m3,
                           tensor::DType::int8}) {
    report += quantised_line(wide_architecture(), dtype);
  }
  return report;
}

}  // namespace cambium::model
