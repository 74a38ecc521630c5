#include "chain/modules/interchain/packet.hpp"

#include <gtest/gtest.h>

#include "crypto/sha256.hpp"
#include "schema/canonical.hpp"

namespace cambium::chain::interchain {
namespace {

pb::Packet packet() {
  pb::Packet out;
  out.set_sequence(1);
  out.set_source_client("client-0");
  out.set_destination_client("client-1");
  out.set_timeout_timestamp_s(100);
  auto* payload = out.add_payloads();
  payload->set_source_port("a");
  payload->set_destination_port("b");
  payload->set_version("v");
  payload->set_encoding("e");
  payload->set_value("x");
  return out;
}

TEST(Packet, CommitsToEveryFieldTheReceiverActsOn) {
  const auto base = packet_commitment(packet());
  const auto changed = [&](auto change) {
    auto other = packet();
    change(other);
    return packet_commitment(other) != base;
  };
  EXPECT_TRUE(changed([](auto& p) { p.set_destination_client("client-2"); }));
  EXPECT_TRUE(changed([](auto& p) { p.set_timeout_timestamp_s(101); }));
  EXPECT_TRUE(changed([](auto& p) { p.mutable_payloads(0)->set_value("y"); }));
  EXPECT_TRUE(changed([](auto& p) { p.mutable_payloads(0)->set_destination_port("c"); }));
  EXPECT_TRUE(changed([](auto& p) { *p.add_payloads() = p.payloads(0); }));
  EXPECT_FALSE(changed([](auto& p) { p.set_sequence(9); })) << "the sequence is in the key";
}

TEST(Packet, CommitmentIsMadeAsIcs04Version2Says) {
  const auto h = [](std::string_view text) { return crypto::sha256(as_bytes(text)); };
  const std::uint8_t two[] = {2};
  const std::uint8_t timeout[] = {0, 0, 0, 0, 0, 0, 0, 100};
  const Hash payload = crypto::sha256({h("a"), h("b"), h("v"), h("e"), h("x")});
  EXPECT_EQ(packet_commitment(packet()),
            crypto::sha256({two, h("client-1"), crypto::sha256(timeout), crypto::sha256(payload)}));
}

TEST(Packet, ParsesOnlyCanonicalBytesWithinLimits) {
  EXPECT_TRUE(parse_packet(schema::encode(packet())));
  auto bytes = schema::encode(packet());
  bytes.push_back(0x78);  // an unknown field
  bytes.push_back(0x01);
  EXPECT_FALSE(parse_packet(bytes));
  auto empty = packet();
  empty.clear_payloads();
  EXPECT_FALSE(parse_packet(schema::encode(empty)));
}

TEST(Packet, PathsOfDifferentKindsAndSequencesDiffer) {
  const PacketRef ref{"client-0", 1};
  EXPECT_NE(path_key(Path::commitment, ref), path_key(Path::receipt, ref));
  EXPECT_NE(path_key(Path::receipt, ref), path_key(Path::receipt, {"client-0", 2}));
}

}  // namespace
}  // namespace cambium::chain::interchain
