// Any bytes as a bundle and as a payload file: no read outside them, one encoding for each content.
#include "base/check.hpp"
#include "crypto/payload_tree.hpp"
#include "tensor/bundle.hpp"

using namespace cambium;
using namespace cambium::tensor;

namespace {

void try_payload_file(ByteView file) {
  const auto parts = crypto::split_payload_file(file);
  if (!parts) return;
  const auto verifier = crypto::PayloadVerifier::over(*parts, parts->root);
  const bool sound = verifier && verifier->verify_all();
  CHECK(!sound || crypto::payload_root(parts->content) == parts->root, "the tree is one");
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  const Bytes content(data, data + size);
  try_payload_file(content);
  const auto bundle = Bundle::parse(content);
  if (!bundle) {
    CHECK(bundle.error().message.ends_with('.'), "a refusal is a sentence");
    return 0;
  }
  BundleWriter writer;
  bool rewritable = true;
  for (const auto& entry : bundle->entries()) {
    rewritable &= writer.add(entry.name, entry.view).has_value();
    std::vector<float> row(entry.view.cols);
    dequantise_row(entry.view, entry.view.rows - 1, row);
  }
  CHECK(rewritable, "what parses can be written");
  CHECK(*writer.finish() == content, "a bundle has one encoding");
  return 0;
}
