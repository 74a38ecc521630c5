#include "model/synthetic_payload.hpp"

#include "model/block_layout.hpp"
#include "model/synthetic.hpp"
#include "tensor/convert.hpp"

namespace cambium::model {

Result<Bytes> synthetic_payload(const Architecture& architecture, const SyntheticBlock& block) {
  TRY(const auto slots, block_layout(architecture, block.name));
  std::vector<std::vector<float>> values;
  values.reserve(slots.size());
  tensor::BundleWriter writer;
  for (const TensorSlot& slot : slots) {
    values.push_back(synthetic_values({block.name, slot.name, block.seed}, slot.shape));
    TRY_STATUS(writer.add(slot.name, tensor::float_view(values.back(), slot.shape)));
  }
  return writer.finish();
}

Result<SharedWeights> synthetic_weights(const Architecture& architecture, std::uint64_t seed,
                                        std::span<const ExpertName> contributed) {
  const PayloadResolver resolve = [&](std::string_view name) -> Result<SharedPayload> {
    TRY(const Bytes content, synthetic_payload(architecture, {name, seed}));
    return PayloadBundle::in_memory(content);
  };
  return ModelWeights::load(architecture, resolve, contributed);
}

}  // namespace cambium::model
