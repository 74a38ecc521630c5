// Matrix products of the serving path: as fast as this machine allows, fused multiply-add included,
// so results differ between machines in the last bits (the evaluation kernel is the exact one).
#pragma once

#include <cstddef>

#include "tensor/view.hpp"

namespace cambium::model::runtime {

/// y[t * ldy + r] = scale[r] * (w[r] . x[t * k]) for rows of one element type; k % 16 == 0.
struct Product {
  const void* w;
  std::size_t rows;
  std::size_t k;
  const float* scales;  // null: 1
  const float* x;
  std::size_t n;
  float* y;
  std::size_t ldy;
};

struct Kernels {
  const char* name;
  void (*fp32)(const Product&);
  void (*fp16)(const Product&);
  void (*bf16)(const Product&);
  void (*int8)(const Product&);
  void (*fp8)(const Product&);
};

#if defined(__x86_64__)
extern const Kernels kAvx2Kernels;
extern const Kernels kAvx512Kernels;
#endif

/// The best this machine has; null on machines for which widening row by row is all there is.
const Kernels* kernels();

/// Activations, [n x w.cols], and where the results go, [n x w.rows].
struct Activations {
  const float* x;
  std::size_t n;
};

/// y[t * w.rows + r] = w[r] . x[t], reading W where it lies whatever its element type.
void matmul(const tensor::TensorView& w, const Activations& in, float* y);

/// The same for rows of contiguous fp32 that are no tensor: keys of a cache.
void matmul_rows(const Product& product);

}  // namespace cambium::model::runtime
