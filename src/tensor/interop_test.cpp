// Files for readers that are not ours: fuzzing seeds and the independent Python reader's input.
#include <gtest/gtest.h>

#include <cstdlib>
#include <fstream>

#include "base/random.hpp"
#include "tensor/bundle.hpp"
#include "tensor/convert.hpp"
#include "tensor/mapped_bundle.hpp"

namespace cambium::tensor {
namespace {

void save(const std::filesystem::path& path, ByteView bytes) {
  std::ofstream(path, std::ios::binary) << as_chars(bytes);
}

/// One block of each element type, a column-major one, their bundle and its payload file, with the
/// expected values as text beside them.
TEST(Interop, WritesSamplesForTheIndependentReader) {
  const char* to = std::getenv("CAMBIUM_SAMPLES_TO");
  if (to == nullptr) GTEST_SKIP() << "set CAMBIUM_SAMPLES_TO to a folder to write samples";
  const std::filesystem::path folder(to);
  std::filesystem::create_directories(folder);
  SeededRandom random(8);
  std::vector<float> values(5 * 32);
  for (auto& value : values) value = static_cast<float>(random.unit() * 4 - 2);
  BundleWriter writer;
  std::vector<OwnedTensor> kept(7);
  for (std::uint32_t code = 1; code <= 6; ++code) {
    kept[code] = quantise(float_view(values, {5, 32}), DType{code}).value();
    auto view = kept[code].view();
    if (DType{code} == DType::fp32) {
      view.layout = Layout::column_major;
      std::swap(view.rows, view.cols);
    }
    const std::string name(tensor::name(DType{code}));
    save(folder / (name + ".tblock"), write_tensor_block(view, MerkleIndex::own).value());
    ASSERT_TRUE(writer.add(name, view));
    std::ofstream text(folder / (name + ".txt"));
    text.precision(17);
    for (std::uint64_t r = 0; r < view.rows; ++r) {
      for (std::uint64_t c = 0; c < view.cols; ++c) text << view.at(r, c) << '\n';
    }
  }
  const auto content = writer.finish().value();
  save(folder / "all.bundle", content);
  std::ofstream(folder / "all.root") << write_payload_file(folder / "all.payload", content)->hex();
}

}  // namespace
}  // namespace cambium::tensor
