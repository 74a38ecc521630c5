// y = x W^T for any stored element type, by panels of four rows of W.
#pragma once

#include <cstddef>
#include <span>
#include <vector>

#include "model/eval/ops.hpp"
#include "tensor/view.hpp"

namespace cambium::model::eval {

using Floats = std::vector<float>;

/// Row-major activations in somebody else's memory.
struct Rows {
  const float* data;
  std::size_t n;
  std::size_t stride;
};

/// Where results go: y[t * stride + output].
struct Into {
  float* data;
  std::size_t stride;
};

/// fp32 weights are read in place; others are widened four rows at a time.
void matmul(const tensor::TensorView& w, const Rows& x, const Into& y);

/// A one-row tensor as fp32.
Floats row_of(const tensor::TensorView& view);

}  // namespace cambium::model::eval
