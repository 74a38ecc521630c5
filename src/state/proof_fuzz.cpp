// libFuzzer: no bytes make the proof parser or verifier misbehave, and what is accepted is
// canonical: encoding it again gives the same bytes.
#include <cstdlib>

#include "state/proof.hpp"

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  using namespace cambium;
  const ByteView bytes(data, size);
  if (const auto proof = state::decode_existence(bytes)) {
    if (!equal(state::encode(*proof), bytes)) std::abort();
    (void)state::verify(*proof, Hash{}, {proof->key, proof->value});
  }
  if (const auto proof = state::decode_absence(bytes)) {
    if (!equal(state::encode(*proof), bytes)) std::abort();
    (void)state::verify(*proof, Hash{}, {proof->key, std::nullopt});
  }
  return 0;
}
