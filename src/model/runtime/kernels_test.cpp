#include "model/runtime/kernels.hpp"

#include <gtest/gtest.h>

#include "model/synthetic.hpp"
#include "tensor/convert.hpp"

namespace cambium::model::runtime {
namespace {

using tensor::DType;

// Every element type against its own widened values; int4 takes the path without a kernel.
TEST(ServingKernels, EveryElementTypeMultipliesItsStoredValues) {
  const tensor::Shape shape{7, 96};
  const auto values = synthetic_values({"w", "gate", 1}, shape);
  const auto x = synthetic_values({"x", "gate", 2}, {6, 96});
  for (const DType dtype : {DType::fp32, DType::fp16, DType::bf16, DType::int8, DType::fp8_e4m3,
                            DType::int4_group32}) {
    const auto stored = tensor::quantise(tensor::float_view(values, shape), dtype);
    ASSERT_TRUE(stored) << tensor::name(dtype);
    const auto w = stored->view();
    std::vector<float> y(6 * 7);
    matmul(w, {x.data(), 6}, y.data());
    for (std::size_t t = 0; t < 6; ++t) {
      for (std::size_t r = 0; r < 7; ++r) {
        double sum = 0;
        for (std::size_t c = 0; c < 96; ++c) sum += w.at(r, c) * x[t * 96 + c];
        EXPECT_NEAR(y[t * 7 + r], sum, 1e-5) << tensor::name(dtype);
      }
    }
  }
}

}  // namespace
}  // namespace cambium::model::runtime
