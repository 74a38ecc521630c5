// The few loops in which the evaluation kernel spends its time, once for each instruction set, each
// giving the same bits. Translation units of an instruction set include nothing that the linker
// could merge with others (no standard containers): their code must not run on lesser machines.
#pragma once

#include <cstddef>

namespace cambium::model::eval {

/// Four rows of a weight matrix against `n` rows of x: y[t * ldy + r] = w[r] . x[t * ldx], in
/// sixteen lanes. `k` is a multiple of 16; only `rows` (1 to 4) results are written, and all four
/// pointers must be readable.
struct Panel {
  const float* w[4];
  std::size_t rows;
  std::size_t k;
  const float* x;
  std::size_t ldx;
  std::size_t n;
  float* y;
  std::size_t ldy;
};

/// out[d] = (sum over j < n, ascending, of weight[j] * v[j * ldv + d]) / total; dim % 16 == 0.
struct Mix {
  const float* weight;
  const float* v;
  std::size_t ldv;
  std::size_t n;
  std::size_t dim;
  float total;
  float* out;
};

/// out = (x * (1 / sqrt(mean(x^2) + eps))) * w over one row; dim % 16 == 0.
struct Norm {
  const float* x;
  const float* w;
  std::size_t dim;
  float eps;
  float* out;
};

/// What softmax leaves besides the exponentials in place.
struct SoftmaxSums {
  float max;
  float total;
};

struct Ops {
  const char* name;
  void (*panel)(const Panel&);
  /// x[i] = exp(x[i] - max); the array is written up to the next multiple of 16.
  SoftmaxSums (*softmax)(float* x, std::size_t n);
  void (*mix)(const Mix&);
  void (*norm)(const Norm&);
  /// gate[i] = silu(gate[i]) * up[i]; n % 16 == 0.
  void (*swiglu)(float* gate, const float* up, std::size_t n);
  /// y[i] += a * x[i]; n % 16 == 0.
  void (*add_scaled)(float* y, float a, const float* x, std::size_t n);
};

extern const Ops kScalarOps;
#if defined(__x86_64__)
extern const Ops kAvx2Ops;
extern const Ops kAvx512Ops;
#endif

/// The best this machine can do, or what CAMBIUM_SIMD asks for if the machine can do that.
const Ops& ops();

}  // namespace cambium::model::eval
