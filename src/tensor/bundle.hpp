// A bundle: the content of a payload. A 64-byte header, a table of 64-byte entries {name, offset,
// size}, then TensorBlocks in the table's order, each at a multiple of 64 bytes (4096 when its data
// is 1 MiB or more), gaps zero. The payload's Merkle tree covers all of it; the blocks inside carry
// no index of their own. docs/formats.md has the byte table.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "base/bytes.hpp"
#include "base/result.hpp"
#include "tensor/tensor_block.hpp"
#include "tensor/view.hpp"

namespace cambium::tensor {

inline constexpr std::uint64_t kBundleHeaderBytes = 64;
inline constexpr std::uint64_t kBundleEntryBytes = 64;
inline constexpr std::size_t kTensorNameBytes = 40;   // longest name of a tensor in a bundle
inline constexpr std::uint32_t kBundleTensors = 4096; // most tensors a bundle may hold

/// Collects tensors, then encodes them once. The views must live until `finish`.
class BundleWriter {
 public:
  /// Names are 1 to 40 of [a-z0-9_.], each used once.
  Status add(std::string name, const TensorView& view);
  /// Exactly what `finish` will return in size.
  std::uint64_t content_bytes() const;
  /// The payload's content: its payload_root (crypto/payload_tree.hpp) is the content id.
  Result<Bytes> finish() const;

 private:
  struct Item {
    std::string name;
    TensorView view;
  };
  std::vector<Item> items_;
};

/// A bundle read in place. The content must outlive it and be 16-byte aligned in memory, as heap
/// memory and mappings are.
class Bundle {
 public:
  struct Entry {
    std::string name;
    std::uint64_t offset = 0;  // of the TensorBlock in the content
    std::uint64_t size = 0;
    TensorView view;
  };

  /// Checks header, table and every TensorBlock header; tensor data is not touched.
  static Result<Bundle> parse(ByteView content);

  /// Where the blocks of a bundle at the start of `file` would start, by its unchecked table: only
  /// good for reading ahead. Empty when there is no bundle.
  static std::vector<std::uint64_t> peek_offsets(ByteView file);

  /// The tensor of that name, or an error that lists the names there are.
  Result<TensorView> find(std::string_view name) const;
  const Entry* entry(std::string_view name) const;
  const std::vector<Entry>& entries() const { return entries_; }
  ByteView content() const { return content_; }

 private:
  ByteView content_;
  std::vector<Entry> entries_;
};

}  // namespace cambium::tensor
