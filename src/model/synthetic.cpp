#include "model/synthetic.hpp"

#include "base/check.hpp"

namespace cambium::model {
namespace {

// SplitMix64 (Steele, Lea, Flood 2014).
std::uint64_t next(std::uint64_t& state) {
  state += 0x9E3779B97F4A7C15U;
  std::uint64_t z = state;
  z = (z ^ (z >> 30U)) * 0xBF58476D1CE4E5B9U;
  z = (z ^ (z >> 27U)) * 0x94D049BB133111EBU;
  return z ^ (z >> 31U);
}

// FNV-1a over the names, so that every tensor has a stream of its own.
std::uint64_t stream_of(const SyntheticTensor& which) {
  std::uint64_t hash = 0xCBF29CE484222325U ^ which.seed;
  for (const std::string_view part : {which.block, which.tensor}) {
    for (const char c : part) hash = (hash ^ static_cast<unsigned char>(c)) * 0x100000001B3U;
    hash = (hash ^ 0xFFU) * 0x100000001B3U;
  }
  return hash;
}

std::string key_of(std::string_view block, std::string_view tensor) {
  return std::string(block) + "/" + std::string(tensor);
}

}  // namespace

std::vector<float> synthetic_values(const SyntheticTensor& which, tensor::Shape shape) {
  std::uint64_t state = stream_of(which);
  const float base = which.tensor == "norm" ? 1.0F : 0.0F;
  std::vector<float> values(shape.rows * shape.cols);
  for (float& value : values) {
    // 16 bits around zero, scaled by a power of two: exact in fp32.
    const auto centred = static_cast<std::int32_t>(next(state) >> 48U) - 32768;
    value = base + static_cast<float>(centred) / 262144.0F;
  }
  return values;
}

std::vector<std::uint32_t> synthetic_tokens(const SyntheticText& text, std::size_t count) {
  std::uint64_t state = text.seed;
  std::vector<std::uint32_t> tokens(count);
  for (auto& token : tokens) token = static_cast<std::uint32_t>(next(state) % text.vocab);
  return tokens;
}

SyntheticModel::SyntheticModel(const Architecture& architecture, std::uint64_t seed,
                               std::span<const ExpertName> contributed) {
  const TensorSource source = [&](std::string_view block,
                                  std::string_view tensor) -> Result<TensorView> {
    TRY(const auto slots, block_layout(architecture, block));
    for (const TensorSlot& slot : slots) {
      if (slot.name != tensor) continue;
      auto& stored = values_[key_of(block, tensor)];
      stored = synthetic_values({block, tensor, seed}, slot.shape);
      const std::span<const float> floats = stored;
      TensorView view;
      view.rows = slot.shape.rows;
      view.cols = slot.shape.cols;
      view.data = std::as_bytes(floats);
      return view;
    }
    return fail(ErrorCode::not_found, "No such tensor.");
  };
  auto view = bind_model(architecture, source, contributed);
  CHECK(view.has_value(), "a synthetic model is made for a valid architecture");
  view_ = std::move(*view);
}

std::vector<float>& SyntheticModel::values(std::string_view block, std::string_view tensor) {
  const auto found = values_.find(key_of(block, tensor));
  CHECK(found != values_.end(), "the test names a tensor of the model");
  return found->second;
}

Architecture tiny_architecture() {
  Architecture a;
  a.vocab = 96;
  a.d_model = 32;
  a.layers = 2;
  a.heads = 2;
  a.kv_heads = 1;
  a.head_dim = 16;
  a.ffn_dim = 48;
  a.shared_ffn_dim = 32;
  a.experts = 4;
  a.top_k = 2;
  a.max_context = 64;
  return a;
}

}  // namespace cambium::model
