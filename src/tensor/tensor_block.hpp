// TensorBlock: one matrix as a 128-byte header, scales, data and, when it stands alone, the Merkle
// index over everything before it. Little endian. The layout is one table in tensor_block.cpp.
#pragma once

#include "base/bytes.hpp"
#include "base/result.hpp"
#include "tensor/view.hpp"

namespace cambium::tensor {

inline constexpr std::uint64_t kTensorHeaderBytes = 128;
inline constexpr std::uint64_t kDataAlignment = 64;       // one cache line, one AVX-512 register
inline constexpr std::uint64_t kPageAlignment = 4096;     // for data of kPageAlignedFrom bytes up
inline constexpr std::uint64_t kPageAlignedFrom = 1 << 20;

/// Where the block's Merkle index is: `own` behind its data, or in the payload it is part of.
enum class MerkleIndex { own, of_payload };

/// Bytes that write_tensor_block makes of `view`.
std::uint64_t tensor_block_bytes(const TensorView& view, MerkleIndex index);

/// Encodes `view`; refuses sizes that disagree with the shape and scales that are not finite.
Result<Bytes> write_tensor_block(const TensorView& view, MerkleIndex index);

/// Checks the header and gives a typed view into `block`: no copy, and data is not touched except
/// for the scales, which must be finite. `block` must be 16-byte aligned in memory, as heap
/// memory and mappings are, and end where the block ends. Never reads outside it,
/// whatever the bytes are.
Result<TensorView> parse_tensor_block(ByteView block);

/// For a block with its own index: every byte is hashed and compared; a flipped bit anywhere fails.
Status verify_tensor_block(ByteView block);

}  // namespace cambium::tensor
