// Fuzz target: no byte string may crash the packet or proof parsers, and what parses must encode
// back to the same bytes and commit to the same hash.
#include "base/check.hpp"
#include "chain/modules/interchain/packet.hpp"
#include "schema/canonical.hpp"
#include "state/proof.hpp"

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  using namespace cambium;
  const ByteView bytes(data, size);
  if (const auto packet = chain::interchain::parse_packet(bytes)) {
    const auto again = schema::encode(*packet);
    CHECK(equal(again, bytes), "a parsed packet encodes to its own bytes");
    (void)chain::interchain::packet_commitment(*packet);
  }
  (void)state::verify(bytes, Hash{}, {.key = bytes, .value = bytes});
  return 0;
}
