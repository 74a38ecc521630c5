#include "tensor/convert.hpp"

#include <algorithm>
#include <array>
#include <bit>

namespace cambium::tensor {
namespace {

/// A small IEEE-like format: mantissa bits and exponent bias.
struct Small {
  int mantissa_bits;
  int bias;
};

constexpr Small kFp16{10, 15};
constexpr Small kFp8{3, 7};

/// 2^power as a float, for powers of normal numbers.
float power_of_two(int power) {
  return std::bit_cast<float>(static_cast<std::uint32_t>(power + 127) << 23);
}

/// Exponent and mantissa code of |value| in `to`, rounded to nearest even, unbounded above.
std::uint32_t narrow(float value, Small to) {
  const auto bits = std::bit_cast<std::uint32_t>(value) & 0x7fffffffU;
  const int exponent = static_cast<int>(bits >> 23) - 127;
  if (exponent == -127) return 0;  // a subnormal fp32 is far below half of the smallest code
  const std::uint64_t mantissa = (bits & 0x7fffffU) | 0x800000U;
  const int smallest = 1 - to.bias;
  const int shift = std::min(40, 23 - to.mantissa_bits + std::max(0, smallest - exponent));
  auto code = mantissa >> shift;
  const auto rest = mantissa & ((std::uint64_t{1} << shift) - 1);
  const auto half = std::uint64_t{1} << (shift - 1);
  if (rest > half || (rest == half && (code & 1) != 0)) ++code;
  if (exponent > smallest) code += static_cast<std::uint64_t>(exponent - smallest)
                                   << to.mantissa_bits;
  return static_cast<std::uint32_t>(code);
}

/// The inverse, exact, for finite codes.
float widen(std::uint32_t code, Small from) {
  const auto mantissa = code & ((1U << from.mantissa_bits) - 1);
  const int exponent = static_cast<int>(code >> from.mantissa_bits);
  if (exponent == 0) {
    return static_cast<float>(mantissa) * power_of_two(1 - from.bias - from.mantissa_bits);
  }
  return std::bit_cast<float>(static_cast<std::uint32_t>(exponent - from.bias + 127) << 23 |
                              mantissa << (23 - from.mantissa_bits));
}

float with_sign(float magnitude, std::uint32_t sign) { return sign != 0 ? -magnitude : magnitude; }

bool is_nan(float value) {
  return (std::bit_cast<std::uint32_t>(value) & 0x7fffffffU) > 0x7f800000U;
}

std::uint32_t sign_of(float value) { return std::bit_cast<std::uint32_t>(value) >> 31; }

}  // namespace

float fp16_to_float(std::uint16_t bits) {
  const std::uint32_t sign = bits >> 15;
  const std::uint32_t code = bits & 0x7fffU;
  if (code < 0x7c00U) return with_sign(widen(code, kFp16), sign);
  return std::bit_cast<float>(sign << 31 | 0x7f800000U | (code & 0x3ffU) << 13);
}

float bf16_to_float(std::uint16_t bits) {
  return std::bit_cast<float>(static_cast<std::uint32_t>(bits) << 16);
}

float fp8_to_float(std::uint8_t bits) {
  const std::uint32_t sign = bits >> 7;
  const std::uint32_t code = bits & 0x7fU;
  if (code == 0x7f) return std::bit_cast<float>(sign << 31 | 0x7fc00000U);
  return with_sign(widen(code, kFp8), sign);
}

std::uint16_t float_to_fp16(float value) {
  const auto sign = sign_of(value) << 15;
  if (is_nan(value)) return static_cast<std::uint16_t>(sign | 0x7e00U);
  return static_cast<std::uint16_t>(sign | std::min(narrow(value, kFp16), 0x7c00U));
}

std::uint16_t float_to_bf16(float value) {
  const auto bits = std::bit_cast<std::uint32_t>(value);
  if (is_nan(value)) return static_cast<std::uint16_t>(bits >> 16 | 0x40U);
  return static_cast<std::uint16_t>((bits + 0x7fffU + (bits >> 16 & 1)) >> 16);
}

std::uint8_t float_to_fp8(float value) {
  const auto sign = sign_of(value) << 7;
  if (is_nan(value)) return static_cast<std::uint8_t>(sign | 0x7fU);
  return static_cast<std::uint8_t>(sign | std::min(narrow(value, kFp8), 0x7eU));
}

TensorView float_view(std::span<const float> values, Shape shape) {
  return {DType::fp32, shape.rows, shape.cols, Layout::row_major, Quantisation::none,
          std::as_bytes(values), {}};
}

TensorView OwnedTensor::view() const {
  return {dtype, shape.rows, shape.cols, Layout::row_major, quantisation_of(dtype), data, scales};
}

}  // namespace cambium::tensor
