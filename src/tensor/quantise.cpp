#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <cstring>

#include "tensor/convert.hpp"

namespace cambium::tensor {
namespace {

constexpr std::uint64_t kGroup = 32;

/// Nearest integer, ties to even, without the processor's rounding mode.
int round_half_even(float value) {
  const int whole = static_cast<int>(value);
  const float rest = std::fabs(value - static_cast<float>(whole));
  const bool away = rest > 0.5F || (rest == 0.5F && whole % 2 != 0);
  return away ? whole + (value < 0 ? -1 : 1) : whole;
}

/// The scale that maps the largest magnitude of `values` to `limit`; 0 for all zeros.
float scale_of(std::span<const float> values, int limit) {
  float largest = 0;
  for (const auto value : values) largest = std::max(largest, std::fabs(value));
  return largest / static_cast<float>(limit);
}

int quantum(float value, float scale, int limit) {
  if (scale == 0) return 0;
  const float ratio = value / scale;
  const auto bound = static_cast<float>(limit);
  return round_half_even(std::clamp(ratio, -bound, bound));
}

template <class Stored>
void put(std::vector<std::byte>& out, Stored value) {
  const auto at = out.size();
  out.resize(at + sizeof value);
  std::memcpy(out.data() + at, &value, sizeof value);
}

void put_int4_row(OwnedTensor& out, std::span<const float> row) {
  for (std::size_t group = 0; group < row.size(); group += kGroup) {
    const auto values = row.subspan(group, kGroup);
    const float scale = scale_of(values, 7);
    out.scales.push_back(scale);
    for (std::size_t i = 0; i < kGroup; i += 2) {
      const int low = quantum(values[i], scale, 7) + 8;
      const int high = quantum(values[i + 1], scale, 7) + 8;
      out.data.push_back(static_cast<std::byte>(low | high << 4));
    }
  }
}

void put_row(OwnedTensor& out, std::span<const float> row) {
  switch (out.dtype) {
    case DType::fp32:
      for (const auto value : row) put(out.data, value);
      return;
    case DType::fp16:
      for (const auto value : row) put(out.data, float_to_fp16(value));
      return;
    case DType::bf16:
      for (const auto value : row) put(out.data, float_to_bf16(value));
      return;
    case DType::fp8_e4m3:
      for (const auto value : row) put(out.data, float_to_fp8(value));
      return;
    case DType::int8: {
      const float scale = scale_of(row, 127);
      out.scales.push_back(scale);
      for (const auto value : row) {
        put(out.data, static_cast<std::int8_t>(quantum(value, scale, 127)));
      }
      return;
    }
    case DType::int4_group32: return put_int4_row(out, row);
  }
}

}  // namespace

Result<OwnedTensor> quantise(const TensorView& source, DType dtype) {
  if (dtype == DType::int4_group32 && source.cols % kGroup != 0) {
    return fail(ErrorCode::unsupported,
                fmt::format("A matrix of {} columns cannot be int4 in groups of 32; choose int8.",
                            source.cols));
  }
  TRY_STATUS(require_finite(source, "The matrix to quantise"));
  OwnedTensor out;
  out.dtype = dtype;
  out.shape = source.shape();
  out.data.reserve(data_bytes(dtype, out.shape));
  std::vector<float> row(source.cols);
  for (std::uint64_t r = 0; r < source.rows; ++r) {
    dequantise_row(source, r, row);
    put_row(out, row);
  }
  if (const auto fits = require_finite(out.view(), "The quantised matrix"); !fits) {
    return fail(ErrorCode::unsupported,
                fmt::format("The matrix has weights too large for {}; choose bf16 or fp32.",
                            name(dtype)));
  }
  return out;
}

}  // namespace cambium::tensor
