#include "tensor/tensor_block.hpp"

#include <fmt/format.h>

#include <cmath>
#include <cstring>

#include "base/check.hpp"
#include "crypto/payload_tree.hpp"
#include "tensor/detail/tensor_header.hpp"

namespace cambium::tensor {
namespace detail {

constexpr std::uint64_t kLargestSide = std::uint64_t{1} << 32;
constexpr std::uint64_t kMostElements = std::uint64_t{1} << 40;  // 4 TiB of fp32: beyond any expert

Status check_shape(DType dtype, Shape shape) {
  if (shape.rows == 0 || shape.cols == 0 || shape.rows > kLargestSide ||
      shape.cols > kLargestSide || shape.rows > kMostElements / shape.cols) {
    return fail(ErrorCode::invalid_input,
                fmt::format("A tensor of {} x {} is not supported: each side must be 1 or more and "
                            "the whole at most 2^40 elements.", shape.rows, shape.cols));
  }
  if (dtype == DType::int4_group32 && shape.cols % 32 != 0) {
    return fail(ErrorCode::invalid_input,
                fmt::format("An int4 tensor needs a multiple of 32 columns, not {}.", shape.cols));
  }
  return {};
}

TensorSections sections_of(DType dtype, Shape shape, MerkleIndex index) {
  TensorSections at;
  at.scale_bytes = scale_count(quantisation_of(dtype), shape) * sizeof(float);
  at.scale_offset = at.scale_bytes == 0 ? 0 : kTensorHeaderBytes;
  at.data_bytes = data_bytes(dtype, shape);
  at.data_offset = align_up(kTensorHeaderBytes + at.scale_bytes,
                            at.data_bytes >= kPageAlignedFrom ? kPageAlignment : kDataAlignment);
  at.end = at.data_offset + at.data_bytes;
  if (index == MerkleIndex::own) {
    at.merkle_offset = at.end;
    at.end += crypto::payload_index_hashes(at.merkle_offset) * Hash::kSize;
  }
  return at;
}

}  // namespace detail

namespace {

using detail::TensorHeader;
using detail::TensorSections;

constexpr detail::FieldTable<TensorHeader> kTable = detail::kTensorFields;

TensorHeader header_of(const TensorView& view, const TensorSections& at) {
  TensorHeader header;
  header.dtype = static_cast<std::uint64_t>(view.dtype);
  header.rows = view.rows;
  header.cols = view.cols;
  header.layout = static_cast<std::uint64_t>(view.layout);
  header.quantisation = static_cast<std::uint64_t>(view.quantisation);
  header.scale_offset = at.scale_offset;
  header.data_offset = at.data_offset;
  header.merkle_offset = at.merkle_offset;
  return header;
}

tl::unexpected<Error> damaged(std::string_view what) {
  return fail(ErrorCode::corrupt,
              fmt::format("The TensorBlock is not valid: {}; fetch or export it again.", what));
}

/// Codes of this version and a shape whose sizes are safe to compute with.
Status check_codes(const TensorHeader& header) {
  if (header.version != detail::kTensorVersion) {
    return fail(ErrorCode::unsupported,
                fmt::format("The TensorBlock has version {}; this program reads version 1, use a "
                            "newer one.", header.version));
  }
  if (header.dtype < 1 || header.dtype > 6) {
    return fail(ErrorCode::unsupported,
                fmt::format("The TensorBlock has element type {}; this program knows 1 (fp16) to 6 "
                            "(int4), use a newer one.", header.dtype));
  }
  const auto dtype = static_cast<DType>(header.dtype);
  if (header.quantisation != static_cast<std::uint64_t>(quantisation_of(dtype))) {
    return damaged(fmt::format("quantisation {} does not go with {}", header.quantisation,
                               name(dtype)));
  }
  if (header.layout > 1) return damaged(fmt::format("layout {} is unknown", header.layout));
  if (header.layout == 1 && dtype == DType::int4_group32) {
    return damaged("int4 has row-major layout only");
  }
  return detail::check_shape(dtype, {header.rows, header.cols});
}

Status check_scales(std::span<const float> scales) {
  for (std::size_t i = 0; i < scales.size(); ++i) {
    if (!std::isfinite(scales[i])) {
      return fail(ErrorCode::invalid_input,
                  fmt::format("Scale {} of the TensorBlock is not a finite number; quantise the "
                              "tensor again.", i));
    }
  }
  return {};
}

Status check_view(const TensorView& view) {
  if (view.quantisation != quantisation_of(view.dtype)) {
    return fail(ErrorCode::invalid_input,
                fmt::format("A {} tensor is stored with quantisation {}, not {}.", name(view.dtype),
                            static_cast<int>(quantisation_of(view.dtype)),
                            static_cast<int>(view.quantisation)));
  }
  if (view.layout == Layout::column_major && view.dtype == DType::int4_group32) {
    return fail(ErrorCode::unsupported, "An int4 tensor is stored in row-major layout only.");
  }
  TRY_STATUS(detail::check_shape(view.dtype, view.shape()));
  if (view.data.size() != data_bytes(view.dtype, view.shape()) ||
      view.scales.size() != scale_count(view.quantisation, view.shape())) {
    return fail(ErrorCode::invalid_input,
                fmt::format("A {} x {} {} tensor came with {} bytes and {} scales; give {} and {}.",
                            view.rows, view.cols, name(view.dtype), view.data.size(),
                            view.scales.size(), data_bytes(view.dtype, view.shape()),
                            scale_count(view.quantisation, view.shape())));
  }
  return check_scales(view.scales);
}

/// The header must be the one this program would write: offsets, reserved bytes and all.
Result<TensorSections> check_sections(const TensorHeader& header, ByteView block) {
  const auto index = header.merkle_offset == 0 ? MerkleIndex::of_payload : MerkleIndex::own;
  const auto dtype = static_cast<DType>(header.dtype);
  const auto at = detail::sections_of(dtype, {header.rows, header.cols}, index);
  if (header.scale_offset != at.scale_offset || header.data_offset != at.data_offset ||
      header.merkle_offset != at.merkle_offset) {
    return damaged("a section is not where its shape puts it");
  }
  if (at.end != block.size()) {
    return damaged(fmt::format("it has {} bytes where its shape needs {}", block.size(), at.end));
  }
  if (!detail::all_zero(block.subspan(64, 64))) return damaged("reserved bytes are not zero");
  const auto used = kTensorHeaderBytes + at.scale_bytes;
  if (!detail::all_zero(block.subspan(used, at.data_offset - used))) {
    return damaged("the padding before the data is not zero");
  }
  return at;
}

}  // namespace

std::uint64_t tensor_block_bytes(const TensorView& view, MerkleIndex index) {
  return detail::sections_of(view.dtype, view.shape(), index).end;
}

Result<Bytes> write_tensor_block(const TensorView& view, MerkleIndex index) {
  TRY_STATUS(check_view(view));
  const auto at = detail::sections_of(view.dtype, view.shape(), index);
  Bytes out(at.end);
  detail::encode_record(header_of(view, at), detail::kTensorMagic, kTable,
                        std::span(out).first(kTensorHeaderBytes));
  if (at.scale_bytes != 0) {
    std::memcpy(out.data() + at.scale_offset, view.scales.data(), at.scale_bytes);
  }
  std::memcpy(out.data() + at.data_offset, view.data.data(), at.data_bytes);
  if (index == MerkleIndex::own) {
    crypto::PayloadTreeBuilder tree;
    tree.add(ByteView(out).first(at.merkle_offset));
    auto* to = out.data() + at.merkle_offset;
    for (const auto& hash : tree.finish()) {
      std::memcpy(to, hash.data.data(), Hash::kSize);
      to += Hash::kSize;
    }
  }
  return out;
}

Result<TensorView> parse_tensor_block(ByteView block) {
  CHECK(reinterpret_cast<std::uintptr_t>(block.data()) % 16 == 0, "the block is not aligned");
  if (block.size() < kTensorHeaderBytes) {
    return damaged(fmt::format("it has {} bytes, less than its 128-byte header", block.size()));
  }
  if (as_chars(block.first(8)) != detail::kTensorMagic) {
    return damaged("it does not start with TBLOCK01");
  }
  const auto header = detail::decode_record(kTable, block);
  TRY_STATUS(check_codes(header));
  TRY(const auto at, check_sections(header, block));
  const auto bytes = std::as_bytes(block);
  TensorView view;
  view.dtype = static_cast<DType>(header.dtype);
  view.rows = header.rows;
  view.cols = header.cols;
  view.layout = static_cast<Layout>(header.layout);
  view.quantisation = static_cast<Quantisation>(header.quantisation);
  view.data = bytes.subspan(at.data_offset, at.data_bytes);
  if (at.scale_bytes != 0) {
    view.scales = {reinterpret_cast<const float*>(bytes.data() + at.scale_offset),
                   at.scale_bytes / sizeof(float)};
  }
  TRY_STATUS(check_scales(view.scales));
  return view;
}

Status verify_tensor_block(ByteView block) {
  TRY_STATUS(parse_tensor_block(block));
  const auto merkle_offset = detail::decode_record(kTable, block).merkle_offset;
  if (merkle_offset == 0) {
    return fail(ErrorCode::invalid_input,
                "The TensorBlock has no index of its own; verify the payload it is part of.");
  }
  const auto index = block.subspan(merkle_offset);
  const auto root = *Hash::from(index.last(Hash::kSize));
  TRY(const auto verifier,
      crypto::PayloadVerifier::over({block.first(merkle_offset), index, root}, root));
  return verifier.verify_all();
}

}  // namespace cambium::tensor
