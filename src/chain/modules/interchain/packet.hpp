// Commitments of packets as IBC v2 defines them, and where they are stored.
#pragma once

#include <span>
#include <string>

#include "base/ids.hpp"
#include "base/result.hpp"
#include "cambium/interchain/v1/interchain.pb.h"
#include "chain/keys.hpp"

namespace cambium::chain::interchain {

namespace pb = cambium::interchain::v1;

/// SHA-256(2 || SHA-256(destination client) || SHA-256(timeout be64) || SHA-256(payload hashes));
/// a payload's hash is SHA-256 over the hashes of its five fields (ICS-04 v2).
Hash packet_commitment(const pb::Packet& packet);

/// SHA-256(2 || SHA-256(ack) of every acknowledgement).
Hash ack_commitment(std::span<const std::string> acknowledgements);

/// What is stored for a packet that arrived: the key alone says it, the value is one byte.
inline constexpr std::uint8_t kReceiptValue = 0x02;

/// Where paths lie; their values are raw bytes and not records.
inline constexpr TableId kPaths{kInterchainPrefix, 0x10};

/// A path of ICS-24 v2: client || kind || sequence be64, below this module's two key bytes.
enum class Path : std::uint8_t { commitment = 1, receipt = 2, acknowledgement = 3 };
struct PacketRef {
  std::string client;  // on the chain whose state it is
  std::uint64_t sequence = 0;
};
/// The full state key; it begins with a fixed table byte, so clients' names cannot reach others.
Bytes path_key(Path path, const PacketRef& ref);

/// Rules that need no state: sizes, names, one to 16 payloads, a timeout.
Status check_packet(const pb::Packet& packet);

/// Decodes canonical packet bytes and applies `check_packet`; for relayers and fuzzing.
Result<pb::Packet> parse_packet(ByteView bytes);

/// An acknowledgement that says the receiver refused: the one byte string IBC v2 fixes for it.
const std::string& error_acknowledgement();

}  // namespace cambium::chain::interchain
