// Trained tensors into payload contents, each block's tensors in their fixed order.
#pragma once

#include <map>
#include <span>
#include <string>

#include "learn/base_trainer.hpp"
#include "tensor/view.hpp"

namespace cambium::learn::detail {

/// Tensors by "<block>.<tensor>" into bundles by block name.
Result<BlockContents> bundle_blocks(const std::map<std::string, tensor::TensorView>& tensors);

}  // namespace cambium::learn::detail
