// Any bytes as a TensorBlock: no read outside them, and what is accepted is exactly what the
// writer would have made of it.
#include "base/check.hpp"
#include "tensor/tensor_block.hpp"

using namespace cambium;
using namespace cambium::tensor;

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  const Bytes block(data, data + size);  // aligned, and its end guarded by the sanitizer
  const auto view = parse_tensor_block(block);
  if (!view) {
    CHECK(view.error().message.ends_with('.'), "a refusal is a sentence");
    return 0;
  }
  std::vector<float> row(view->cols);
  for (std::uint64_t r = 0; r < view->rows; ++r) dequantise_row(*view, r, row);
  (void)view->at(view->rows - 1, view->cols - 1);
  const bool sound = verify_tensor_block(block).has_value();
  const bool own = block[56] != 0 || block[57] != 0 || block[58] != 0 || block[59] != 0;
  const auto again = write_tensor_block(*view, own ? MerkleIndex::own : MerkleIndex::of_payload);
  CHECK(again, "an accepted block can be written");
  CHECK((*again == block) == (sound || !own), "an accepted block has one encoding");
  return 0;
}
