#include "model/runtime/kernels.hpp"

#include <cstdlib>
#include <string_view>
#include <vector>

#if defined(__x86_64__)
#include <cpuid.h>
#endif

namespace cambium::model::runtime {
namespace {

#if defined(__x86_64__)
// clang 16 has no name for it.
bool has_f16c() {
  unsigned a = 0;
  unsigned b = 0;
  unsigned c = 0;
  unsigned d = 0;
  return __get_cpuid(1, &a, &b, &c, &d) != 0 && (c & bit_F16C) != 0;
}
#endif

const Kernels* choose() {
#if defined(__x86_64__)
  const char* forced = std::getenv("CAMBIUM_SIMD");
  const std::string_view wish = forced != nullptr ? forced : "";
  __builtin_cpu_init();
  if (wish == "scalar") return nullptr;
  if (__builtin_cpu_supports("avx512f") != 0 && wish != "avx2") return &kAvx512Kernels;
  if (__builtin_cpu_supports("avx2") != 0 && __builtin_cpu_supports("fma") != 0 && has_f16c()) {
    return &kAvx2Kernels;
  }
#endif
  return nullptr;
}

void plain_rows(const Product& p) {
  const auto* w = static_cast<const float*>(p.w);
  for (std::size_t r = 0; r < p.rows; ++r) {
    for (std::size_t t = 0; t < p.n; ++t) {
      float lanes[16] = {};
      for (std::size_t i = 0; i < p.k; i += 16) {
        for (std::size_t l = 0; l < 16; ++l) {
          lanes[l] += w[r * p.k + i + l] * p.x[t * p.k + i + l];
        }
      }
      float sum = 0.0F;
      for (const float lane : lanes) sum += lane;
      p.y[t * p.ldy + r] = sum;
    }
  }
}

// For element types and layouts without a kernel: widens one row at a time.
void widened(const tensor::TensorView& w, const Activations& in, float* y) {
  std::vector<float> row(w.cols);
  for (std::size_t r = 0; r < w.rows; ++r) {
    tensor::dequantise_row(w, r, row);
    matmul_rows({row.data(), 1, row.size(), nullptr, in.x, in.n, y + r, w.rows});
  }
}

void (*kernel_for(tensor::DType dtype))(const Product&) {
  const Kernels* k = kernels();
  if (k == nullptr) return dtype == tensor::DType::fp32 ? plain_rows : nullptr;
  switch (dtype) {
    case tensor::DType::fp32: return k->fp32;
    case tensor::DType::fp16: return k->fp16;
    case tensor::DType::bf16: return k->bf16;
    case tensor::DType::int8: return k->int8;
    case tensor::DType::fp8_e4m3: return k->fp8;
    default: return nullptr;
  }
}

}  // namespace

const Kernels* kernels() {
  static const Kernels* const chosen = choose();
  return chosen;
}

void matmul_rows(const Product& product) {
  const Kernels* k = kernels();
  k != nullptr ? k->fp32(product) : plain_rows(product);
}

void matmul(const tensor::TensorView& w, const Activations& in, float* y) {
  const auto kernel = kernel_for(w.dtype);
  if (kernel == nullptr || w.layout != tensor::Layout::row_major) return widened(w, in, y);
  const float* scales = w.scales.empty() ? nullptr : w.scales.data();
  kernel({w.data.data(), w.rows, w.cols, scales, in.x, in.n, y, w.rows});
}

}  // namespace cambium::model::runtime
