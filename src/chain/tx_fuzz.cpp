// Transactions from strangers: decoding never reads out of bounds, and what decodes is canonical.
#include "base/check.hpp"
#include "chain/pipeline.hpp"
#include "schema/canonical.hpp"
#include "schema/json.hpp"

namespace {

const cambium::chain::Registry& registry() {
  static const auto all = [] {
    std::vector<std::string> names;
    for (const auto& module : cambium::chain::all_modules()) names.emplace_back(module.name);
    return *cambium::chain::Registry::with(names);
  }();
  return all;
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  using namespace cambium;
  const ByteView raw(data, size);
  tx::v1::TxBody body;
  // The chain id is taken from the input, so that the fuzzer gets past that check.
  tx::v1::TxRaw outer;
  if (!schema::decode(raw, outer) || !schema::decode(as_bytes(outer.body()), body)) return 0;
  const auto decoded = chain::decode_tx(registry(), body.chain_id(), raw);
  chain::sign_text(body, as_bytes(outer.body()));
  tx::v1::TxBody again;
  CHECK(schema::from_json(schema::to_json(body), again), "what we print we can read");
  if (decoded) {
    CHECK(equal(schema::encode((*decoded)->raw), raw), "one meaning has one encoding");
    CHECK((*decoded)->signers.size() == std::size_t((*decoded)->raw.signatures_size()),
          "every signer has a signature");
  }
  return 0;
}
