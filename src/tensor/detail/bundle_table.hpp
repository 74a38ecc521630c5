// The byte tables of a bundle's header and entries, and where its blocks must lie.
#pragma once

#include <array>
#include <string_view>

#include "tensor/bundle.hpp"
#include "tensor/detail/record_codec.hpp"

namespace cambium::tensor::detail {

inline constexpr std::string_view kBundleMagic = "CBUNDLE1";
inline constexpr std::uint64_t kBundleVersion = 1;

struct BundleHeader {
  std::uint64_t version = kBundleVersion;
  std::uint64_t tensors = 0;
  std::uint64_t content_bytes = 0;
};

inline constexpr std::array<Field<BundleHeader>, 3> kBundleFields{{
    {"version", 8, 4, &BundleHeader::version},
    {"tensors", 12, 4, &BundleHeader::tensors},
    {"content_bytes", 16, 8, &BundleHeader::content_bytes},
}};

/// An entry starts with the name, padded with zeros to kTensorNameBytes.
struct BundleEntry {
  std::uint64_t offset = 0;
  std::uint64_t size = 0;
};

inline constexpr std::array<Field<BundleEntry>, 2> kEntryFields{{
    {"offset", 40, 8, &BundleEntry::offset},
    {"size", 48, 8, &BundleEntry::size},
}};

/// Where a block of `size` bytes starts when the one before it ended at `end`. Its size says
/// whether its data is page aligned: a smaller block cannot hold kPageAlignedFrom bytes of data.
constexpr std::uint64_t block_start(std::uint64_t end, std::uint64_t size) {
  return align_up(end, size >= kPageAlignedFrom ? kPageAlignment : kDataAlignment);
}

bool valid_tensor_name(std::string_view name);

}  // namespace cambium::tensor::detail
