// CRC-32C (Castagnoli, RFC 3720 appendix B.4): finds bit rot, proves nothing.
#pragma once

#include <cstdint>

#include "base/bytes.hpp"

namespace cambium {

/// Continues `crc` over more bytes; start with 0. Uses SSE4.2 where the processor has it.
std::uint32_t crc32c(ByteView bytes, std::uint32_t crc = 0);

/// The same by table, for every processor; tests compare the two.
std::uint32_t crc32c_portable(ByteView bytes, std::uint32_t crc = 0);

}  // namespace cambium
