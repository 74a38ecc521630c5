#include "tensor/view.hpp"

#include <fmt/format.h>

#include <bit>
#include <cmath>
#include <cstring>
#include <vector>

#include "base/check.hpp"
#include "tensor/convert.hpp"

namespace cambium::tensor {
namespace {

constexpr std::uint64_t kGroup = 32;  // columns that share one int4 scale

template <class T>
T load(const std::byte* at) {
  T value;
  std::memcpy(&value, at, sizeof value);
  return value;
}

std::uint64_t element_index(const TensorView& view, Cell cell) {
  return view.layout == Layout::row_major ? cell.row * view.cols + cell.col
                                          : cell.col * view.rows + cell.row;
}

float int4_at(const TensorView& view, Cell cell) {
  const auto byte = std::to_integer<int>(view.data[(cell.row * view.cols + cell.col) / 2]);
  const int nibble = cell.col % 2 == 0 ? byte & 15 : byte >> 4;
  return view.scales[(cell.row * view.cols + cell.col) / kGroup] * static_cast<float>(nibble - 8);
}

/// Applies `decode(bytes of one element)` along a row.
template <class Stored, class Decode>
void decode_row(const TensorView& view, std::uint64_t row, std::span<float> out, Decode decode) {
  const auto step = view.layout == Layout::row_major ? 1 : view.rows;
  const auto* at = view.data.data() + element_index(view, {row, 0}) * sizeof(Stored);
  for (auto& value : out) {
    value = decode(load<Stored>(at));
    at += step * sizeof(Stored);
  }
}

}  // namespace

std::string_view name(DType dtype) {
  switch (dtype) {
    case DType::fp16: return "fp16";
    case DType::int8: return "int8";
    case DType::fp8_e4m3: return "fp8_e4m3";
    case DType::bf16: return "bf16";
    case DType::fp32: return "fp32";
    case DType::int4_group32: return "int4_group32";
  }
  return "unknown";
}

std::uint64_t data_bytes(DType dtype, Shape shape) {
  const auto elements = shape.rows * shape.cols;
  switch (dtype) {
    case DType::fp32: return elements * 4;
    case DType::fp16:
    case DType::bf16: return elements * 2;
    case DType::int8:
    case DType::fp8_e4m3: return elements;
    case DType::int4_group32: return elements / 2;
  }
  return 0;
}

std::uint64_t scale_count(Quantisation quantisation, Shape shape) {
  switch (quantisation) {
    case Quantisation::none: return 0;
    case Quantisation::per_channel_int8: return shape.rows;
    case Quantisation::per_group32_int4: return shape.rows * shape.cols / kGroup;
  }
  return 0;
}

Quantisation quantisation_of(DType dtype) {
  if (dtype == DType::int8) return Quantisation::per_channel_int8;
  if (dtype == DType::int4_group32) return Quantisation::per_group32_int4;
  return Quantisation::none;
}

float TensorView::at(Cell cell) const {
  CHECK(cell.row < rows && cell.col < cols, "the element lies outside the tensor");
  const auto index = element_index(*this, cell);
  switch (dtype) {
    case DType::fp32: return load<float>(&data[index * 4]);
    case DType::fp16: return fp16_to_float(load<std::uint16_t>(&data[index * 2]));
    case DType::bf16: return bf16_to_float(load<std::uint16_t>(&data[index * 2]));
    case DType::fp8_e4m3: return fp8_to_float(load<std::uint8_t>(&data[index]));
    case DType::int8:
      return scales[cell.row] * static_cast<float>(load<std::int8_t>(&data[index]));
    case DType::int4_group32: return int4_at(*this, cell);
  }
  return 0;
}

std::span<const float> TensorView::floats() const {
  CHECK(dtype == DType::fp32 && layout == Layout::row_major, "only row-major fp32 lies as floats");
  return {reinterpret_cast<const float*>(data.data()), rows * cols};
}

void dequantise_row(const TensorView& view, std::uint64_t row, std::span<float> out) {
  CHECK(row < view.rows && out.size() == view.cols, "the row or its buffer has another size");
  switch (view.dtype) {
    case DType::fp32:
      return decode_row<float>(view, row, out, [](float value) { return value; });
    case DType::fp16: return decode_row<std::uint16_t>(view, row, out, fp16_to_float);
    case DType::bf16: return decode_row<std::uint16_t>(view, row, out, bf16_to_float);
    case DType::fp8_e4m3: return decode_row<std::uint8_t>(view, row, out, fp8_to_float);
    case DType::int8:
      return decode_row<std::int8_t>(view, row, out, [scale = view.scales[row]](std::int8_t q) {
        return scale * static_cast<float>(q);
      });
    case DType::int4_group32:
      for (std::uint64_t col = 0; col < view.cols; ++col) out[col] = int4_at(view, {row, col});
  }
}

Status require_finite(const TensorView& view, std::string_view what) {
  std::vector<float> row(view.cols);
  for (std::uint64_t r = 0; r < view.rows; ++r) {
    dequantise_row(view, r, row);
    for (std::uint64_t c = 0; c < view.cols; ++c) {
      if (!std::isfinite(row[c])) {
        return fail(ErrorCode::invalid_input,
                    fmt::format("{} has a weight that is not a finite number at row {}, column "
                                "{}; the training run diverged, lower its learning rate.",
                                what, r, c));
      }
    }
  }
  return {};
}

}  // namespace cambium::tensor
