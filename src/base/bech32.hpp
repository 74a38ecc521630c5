// Bech32 text (BIP-173), the form of account addresses: cbm1...
#pragma once

#include <optional>
#include <string>
#include <string_view>

#include "base/bytes.hpp"

namespace cambium {

/// `prefix` is lower case; the checksum finds any four wrong characters.
std::string to_bech32(std::string_view prefix, ByteView payload);

/// Nothing when the prefix differs, the checksum fails or case is mixed.
std::optional<Bytes> from_bech32(std::string_view prefix, std::string_view text);

}  // namespace cambium
