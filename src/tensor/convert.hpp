// Element conversions between fp32 and the stored types, exact where they widen and rounded to
// nearest even where they narrow, with integer arithmetic only: the same bits on every machine.
#pragma once

#include <cstdint>
#include <span>
#include <vector>

#include "base/result.hpp"
#include "tensor/view.hpp"

namespace cambium::tensor {

float fp16_to_float(std::uint16_t bits);
float bf16_to_float(std::uint16_t bits);
float fp8_to_float(std::uint8_t bits);

std::uint16_t float_to_fp16(float value);
std::uint16_t float_to_bf16(float value);
/// Values beyond 448 become 448: e4m3 has no infinity.
std::uint8_t float_to_fp8(float value);

/// A matrix this process owns, in any element type; `view` borrows from it.
struct OwnedTensor {
  DType dtype = DType::fp32;
  Shape shape;
  std::vector<std::byte> data;
  std::vector<float> scales;

  TensorView view() const;
};

/// A row-major fp32 view of floats that live elsewhere.
TensorView float_view(std::span<const float> values, Shape shape);

/// Narrows a row-major or column-major view to `dtype`, row-major. int8: scale = max|row| / 127,
/// rounded half to even; int4: scale = max|group| / 7, columns must be a multiple of 32. Refuses
/// elements that are not finite.
Result<OwnedTensor> quantise(const TensorView& source, DType dtype);

}  // namespace cambium::tensor
