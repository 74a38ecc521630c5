// The TensorBlock header as numbers, its byte table, and where the sections of a block must lie.
#pragma once

#include <array>
#include <string_view>

#include "tensor/detail/record_codec.hpp"
#include "tensor/tensor_block.hpp"

namespace cambium::tensor::detail {

inline constexpr std::string_view kTensorMagic = "TBLOCK01";
inline constexpr std::uint64_t kTensorVersion = 1;

struct TensorHeader {
  std::uint64_t version = kTensorVersion;
  std::uint64_t dtype = 0;
  std::uint64_t rows = 0;
  std::uint64_t cols = 0;
  std::uint64_t layout = 0;
  std::uint64_t quantisation = 0;
  std::uint64_t scale_offset = 0;   // 0 when there are no scales
  std::uint64_t data_offset = 0;
  std::uint64_t merkle_offset = 0;  // 0 when the payload's tree covers the block
};

/// Offset and width of each field after the eight bytes of magic; bytes 64 to 127 are reserved.
inline constexpr std::array<Field<TensorHeader>, 9> kTensorFields{{
    {"version", 8, 4, &TensorHeader::version},
    {"dtype", 12, 4, &TensorHeader::dtype},
    {"rows", 16, 8, &TensorHeader::rows},
    {"cols", 24, 8, &TensorHeader::cols},
    {"layout", 32, 4, &TensorHeader::layout},
    {"quantisation", 36, 4, &TensorHeader::quantisation},
    {"scale_offset", 40, 8, &TensorHeader::scale_offset},
    {"data_offset", 48, 8, &TensorHeader::data_offset},
    {"merkle_offset", 56, 8, &TensorHeader::merkle_offset},
}};

/// Where everything of a block lies; there is exactly one right place for each section.
struct TensorSections {
  std::uint64_t scale_offset = 0;
  std::uint64_t scale_bytes = 0;
  std::uint64_t data_offset = 0;
  std::uint64_t data_bytes = 0;
  std::uint64_t merkle_offset = 0;
  std::uint64_t end = 0;
};

/// `shape` must have passed check_shape.
TensorSections sections_of(DType dtype, Shape shape, MerkleIndex index);

/// Shapes whose sizes cannot overflow and which the element type can hold.
Status check_shape(DType dtype, Shape shape);

}  // namespace cambium::tensor::detail
