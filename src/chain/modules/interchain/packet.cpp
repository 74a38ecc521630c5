#include "chain/modules/interchain/packet.hpp"

#include <fmt/format.h>

#include "crypto/sha256.hpp"
#include "schema/canonical.hpp"

namespace cambium::chain::interchain {
namespace {

constexpr std::uint8_t kVersion = 2;
constexpr int kMaxPayloads = 16;
constexpr std::size_t kMaxNameBytes = 64;
constexpr std::size_t kMaxValueBytes = 64 * 1024;

Hash payload_hash(const pb::Payload& payload) {
  crypto::Sha256 all;
  for (const auto* field : {&payload.source_port(), &payload.destination_port(),
                            &payload.version(), &payload.encoding(), &payload.value()}) {
    all.update(crypto::sha256(as_bytes(*field)));
  }
  return all.finish();
}

bool is_name(const std::string& text) {
  return !text.empty() && text.size() <= kMaxNameBytes;
}

}  // namespace

Hash packet_commitment(const pb::Packet& packet) {
  Bytes timeout;
  append_be64(timeout, packet.timeout_timestamp_s());
  crypto::Sha256 payloads;
  for (const auto& payload : packet.payloads()) payloads.update(payload_hash(payload));
  return crypto::sha256({ByteView(&kVersion, 1),
                         crypto::sha256(as_bytes(packet.destination_client())),
                         crypto::sha256(timeout), payloads.finish()});
}

Hash ack_commitment(std::span<const std::string> acknowledgements) {
  crypto::Sha256 all;
  all.update({&kVersion, 1});
  for (const auto& ack : acknowledgements) all.update(crypto::sha256(as_bytes(ack)));
  return all.finish();
}

Bytes path_key(Path path, const PacketRef& ref) {
  Bytes key;
  key.reserve(ref.client.size() + 11);
  key.push_back(kPaths.module);
  key.push_back(kPaths.table);
  append(key, as_bytes(ref.client));
  key.push_back(std::uint8_t(path));
  append_be64(key, ref.sequence);
  return key;
}

Status check_packet(const pb::Packet& packet) {
  if (packet.sequence() == 0 || packet.timeout_timestamp_s() == 0) {
    return fail(ErrorCode::invalid_input, "a packet has no sequence or no timeout; set both");
  }
  if (!is_name(packet.source_client()) || !is_name(packet.destination_client())) {
    return fail(ErrorCode::invalid_input, "a packet's client names are empty or over 64 bytes");
  }
  if (packet.payloads_size() == 0 || packet.payloads_size() > kMaxPayloads) {
    return fail(ErrorCode::invalid_input,
                fmt::format("a packet has {} payloads; 1 to {} are allowed",
                            packet.payloads_size(), kMaxPayloads));
  }
  for (const auto& payload : packet.payloads()) {
    if (!is_name(payload.source_port()) || !is_name(payload.destination_port()) ||
        payload.value().size() > kMaxValueBytes) {
      return fail(ErrorCode::invalid_input,
                  "a payload's ports are empty or over 64 bytes, or its value over 64 KiB");
    }
  }
  return {};
}

Result<pb::Packet> parse_packet(ByteView bytes) {
  TRY(auto packet, schema::decode_as<pb::Packet>(bytes));
  TRY_STATUS(check_packet(packet));
  return packet;
}

const std::string& error_acknowledgement() {
  static const std::string bytes =
      to_string(crypto::sha256(as_bytes("UNIVERSAL_ERROR_ACKNOWLEDGEMENT")).view());
  return bytes;
}

}  // namespace cambium::chain::interchain
