// A typed, read-only look at a matrix in somebody else's memory: what every room but model/ and
// learn/ knows of a tensor. Nothing here owns or copies weights.
#pragma once

#include <cstddef>
#include <cstdint>
#include <span>
#include <string_view>

#include "base/result.hpp"

namespace cambium::tensor {

/// Element type codes as stored in a TensorBlock header.
enum class DType : std::uint32_t {
  fp16 = 1,
  int8 = 2,
  fp8_e4m3 = 3,  // the finite variant: no infinities, largest value 448
  bf16 = 4,
  fp32 = 5,
  int4_group32 = 6,
};

enum class Layout : std::uint32_t { row_major = 0, column_major = 1 };

enum class Quantisation : std::uint32_t {
  none = 0,
  per_channel_int8 = 1,   // one scale per row: value = scale[row] * q
  per_group32_int4 = 2,   // one scale per 32 columns of a row: value = scale * (nibble - 8)
};

std::string_view name(DType dtype);

struct Shape {
  std::uint64_t rows = 0;
  std::uint64_t cols = 0;
  auto operator<=>(const Shape&) const = default;
};

/// One element's place.
struct Cell {
  std::uint64_t row = 0;
  std::uint64_t col = 0;
};

/// Bytes of `shape` elements of `dtype`; int4 packs two columns to the byte.
std::uint64_t data_bytes(DType dtype, Shape shape);
/// How many fp32 scales go with it: 0, rows, or rows * cols / 32.
std::uint64_t scale_count(Quantisation quantisation, Shape shape);
/// The one quantisation each element type is stored with.
Quantisation quantisation_of(DType dtype);

struct TensorView {
  DType dtype = DType::fp32;
  std::uint64_t rows = 0;
  std::uint64_t cols = 0;
  Layout layout = Layout::row_major;
  Quantisation quantisation = Quantisation::none;
  std::span<const std::byte> data;  // rows * cols elements, 64-byte aligned when from a block
  std::span<const float> scales;

  Shape shape() const { return {rows, cols}; }
  /// The element as fp32: exact for fp16, bf16, fp8 and fp32, one rounding for quantised types.
  float at(Cell cell) const;
  float at(std::uint64_t row, std::uint64_t col) const { return at(Cell{row, col}); }
  /// The elements in place, without a copy; only for fp32 in row-major layout (CHECKed).
  std::span<const float> floats() const;
  /// One row of `floats()`.
  std::span<const float> row(std::uint64_t row) const {
    return floats().subspan(row * cols, cols);
  }
};

/// Writes row `row` as fp32 into `out` (exactly `cols` floats). Scalar and bit-identical on every
/// machine: only exact widening and one IEEE multiplication by the scale.
void dequantise_row(const TensorView& view, std::uint64_t row, std::span<float> out);

/// An error naming the first element that is NaN or infinite, `what` says of which tensor.
Status require_finite(const TensorView& view, std::string_view what);

}  // namespace cambium::tensor
