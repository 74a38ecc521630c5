// Lower-case hexadecimal, the text form of hashes and keys.
#pragma once

#include <optional>
#include <string>
#include <string_view>

#include "base/bytes.hpp"

namespace cambium {

std::string to_hex(ByteView bytes);

/// Nothing for an odd length or a character outside [0-9a-fA-F].
std::optional<Bytes> from_hex(std::string_view text);

}  // namespace cambium
