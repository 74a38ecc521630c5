// Which tensors a model's block holds, with their shapes: the contract between whoever writes
// payloads and whoever computes on them.
#pragma once

#include <functional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "base/result.hpp"
#include "model/expert_name.hpp"
#include "model/model_view.hpp"

namespace cambium::model {

/// All weights are [outputs, inputs], row-major: y = W x.
struct TensorSlot {
  std::string name;
  tensor::Shape shape;
};

/// The tensors of a block in the order they are stored; an unknown name is refused. Expert names
/// beyond the anchor's are contributed experts, which also carry `row` and `bias`.
Result<std::vector<TensorSlot>> block_layout(const Architecture& architecture,
                                             std::string_view block_name);

/// Gives the tensor of a block.
using TensorSource =
    std::function<Result<TensorView>(std::string_view block, std::string_view tensor)>;

/// Collects a whole model's views, checking every shape; the error names block and tensor.
Result<ModelView> bind_model(const Architecture& architecture, const TensorSource& source,
                             std::span<const ExpertName> contributed);

/// The same for one contributed expert.
Result<ContributedView> bind_contributed(const Architecture& architecture, const ExpertName& name,
                                         const TensorSource& source);

}  // namespace cambium::model
