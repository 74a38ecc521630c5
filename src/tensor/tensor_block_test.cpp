#include "tensor/tensor_block.hpp"

#include <gtest/gtest.h>

#include <cmath>
#include <cstring>

#include "base/random.hpp"
#include "tensor/convert.hpp"

namespace cambium::tensor {
namespace {

std::vector<float> weights(Shape shape) {
  SeededRandom random(shape.rows * 1000 + shape.cols);
  std::vector<float> values(shape.rows * shape.cols);
  for (auto& value : values) value = static_cast<float>(random.unit() - 0.5);
  return values;
}

OwnedTensor sample(DType dtype, Shape shape = {6, 64}) {
  const auto values = weights(shape);
  return quantise(float_view(values, shape), dtype).value();
}

Bytes block_of(const OwnedTensor& tensor) {
  return write_tensor_block(tensor.view(), MerkleIndex::own).value();
}

bool aligned(const void* at, std::uint64_t to) {
  return reinterpret_cast<std::uintptr_t>(at) % to == 0;
}

class EveryType : public testing::TestWithParam<DType> {};
INSTANTIATE_TEST_SUITE_P(Types, EveryType,
                         testing::Values(DType::fp16, DType::int8, DType::fp8_e4m3, DType::bf16,
                                         DType::fp32, DType::int4_group32));

TEST_P(EveryType, ReadsBackWhatWasWritten) {  // B/FMT-02, B/FMT-04
  const auto tensor = sample(GetParam());
  const auto block = block_of(tensor);
  const auto view = parse_tensor_block(block).value();
  EXPECT_EQ(view.dtype, GetParam());
  EXPECT_EQ(view.shape(), tensor.shape);
  EXPECT_TRUE(std::equal(view.data.begin(), view.data.end(), tensor.data.begin()));
  EXPECT_TRUE(std::equal(view.scales.begin(), view.scales.end(), tensor.scales.begin()));
}

TEST_P(EveryType, TheViewPointsIntoTheBlock) {  // B/FMT-05: no intermediate copy
  const auto block = block_of(sample(GetParam()));
  const auto view = parse_tensor_block(block).value();
  EXPECT_GE(reinterpret_cast<const std::uint8_t*>(view.data.data()), block.data());
  EXPECT_LE(reinterpret_cast<const std::uint8_t*>(view.data.data() + view.data.size()),
            block.data() + block.size());
}

TEST_P(EveryType, EveryFlippedBitIsFound) {  // must show 7
  auto block = block_of(sample(GetParam(), {2, 32}));
  ASSERT_TRUE(verify_tensor_block(block));
  for (std::size_t bit = 0; bit < block.size() * 8; ++bit) {
    block[bit / 8] ^= 1 << (bit % 8);
    EXPECT_FALSE(verify_tensor_block(block)) << "bit " << bit;
    block[bit / 8] ^= 1 << (bit % 8);
  }
}

TEST_P(EveryType, EveryTruncationIsRefused) {
  const auto block = block_of(sample(GetParam()));
  for (std::size_t size = 0; size < block.size(); ++size) {
    EXPECT_FALSE(parse_tensor_block(ByteView(block).first(size)));
  }
}

TEST(TensorBlock, TheHeaderHasItsDocumentedBytes) {  // B/FMT-02
  const auto block = block_of(sample(DType::int8, {3, 5}));
  EXPECT_EQ(as_chars(ByteView(block).first(8)), "TBLOCK01");
  const Bytes expected{1, 0, 0, 0, 2, 0, 0, 0, 3, 0, 0, 0, 0, 0, 0, 0, 5, 0, 0, 0, 0, 0, 0, 0,
                       0, 0, 0, 0, 1, 0, 0, 0, 128, 0, 0, 0, 0, 0, 0, 0, 192, 0, 0, 0, 0, 0, 0, 0,
                       207, 0, 0, 0, 0, 0, 0, 0};
  EXPECT_TRUE(equal(ByteView(block).subspan(8, 56), expected));
}

TEST(TensorBlock, LargeDataStartsOnAPage) {  // B/FMT-03
  const auto block = block_of(sample(DType::int8, {1024, 1024}));
  const auto view = parse_tensor_block(block).value();
  const auto* start = reinterpret_cast<const std::byte*>(block.data());
  EXPECT_EQ((view.data.data() - start) % static_cast<long>(kPageAlignment), 0);
}

TEST(TensorBlock, SmallDataStartsOnACacheLine) {
  const auto block = block_of(sample(DType::fp16, {3, 7}));
  const auto* start = reinterpret_cast<const std::byte*>(block.data());
  EXPECT_EQ((parse_tensor_block(block)->data.data() - start) % 64, 0);
  EXPECT_TRUE(aligned(start, 16));
}

TEST(TensorBlock, ColumnMajorGivesTheSameMatrix) {
  const std::vector<float> by_rows{1, 2, 3, 4, 5, 6};
  const std::vector<float> by_columns{1, 4, 2, 5, 3, 6};
  auto view = float_view(by_columns, {2, 3});
  view.layout = Layout::column_major;
  const auto block = write_tensor_block(view, MerkleIndex::of_payload).value();
  const auto read = parse_tensor_block(block).value();
  std::vector<float> row(3);
  for (std::uint64_t r = 0; r < 2; ++r) {
    dequantise_row(read, r, row);
    for (std::uint64_t c = 0; c < 3; ++c) {
      EXPECT_EQ(read.at(r, c), float_view(by_rows, {2, 3}).at(r, c));
      EXPECT_EQ(row[c], by_rows[r * 3 + c]);
    }
  }
}

/// What parsing says after `value` is written at `offset` of a good int8 block.
std::string refusal(std::size_t offset, std::uint32_t value) {
  auto block = block_of(sample(DType::int8));
  std::memcpy(block.data() + offset, &value, sizeof value);
  const auto parsed = parse_tensor_block(block);
  return parsed ? "accepted" : parsed.error().message;
}

TEST(TensorBlock, EachRefusalIsASentence) {  // must show 11
  const struct {
    std::size_t offset;
    std::uint32_t value;
    const char* says;
  } cases[] = {
      {0, 0, "does not start with TBLOCK01"},
      {8, 2, "has version 2"},
      {12, 7, "element type 7"},
      {16, 0, "0 x 64 is not supported"},
      {20, 0xffffffff, "is not supported"},
      {16, 7, "not where its shape puts it"},
      {32, 2, "layout 2 is unknown"},
      {36, 0, "quantisation 0 does not go with int8"},
      {40, 64, "not where its shape puts it"},
      {48, 64, "not where its shape puts it"},
      {56, 1, "not where its shape puts it"},
      {64, 1, "reserved bytes"},
      {128, 0x7f800000, "Scale 0 of the TensorBlock is not a finite number"},
      {132, 0x7fc00000, "Scale 1 of the TensorBlock is not a finite number"},
      {128 + 24, 1, "padding"},
  };
  for (const auto& c : cases) {
    const auto said = refusal(c.offset, c.value);
    EXPECT_NE(said.find(c.says), std::string::npos) << said;
    EXPECT_EQ(said.back(), '.');
  }
}

TEST(TensorBlock, RefusesToWriteWhatItCouldNotRead) {
  const std::vector<float> values(4);
  EXPECT_FALSE(write_tensor_block(float_view(values, {2, 3}), MerkleIndex::own));
  EXPECT_FALSE(write_tensor_block(float_view(values, {0, 4}), MerkleIndex::own));
  auto tensor = sample(DType::int8);
  tensor.scales[1] = INFINITY;
  EXPECT_FALSE(write_tensor_block(tensor.view(), MerkleIndex::own));
}

TEST(RequireFinite, NamesTheWeight) {  // must show 11: non-finite weights
  std::vector<float> values(6);
  values[4] = NAN;
  const auto refused = require_finite(float_view(values, {2, 3}), "layer0.expert4 gate");
  ASSERT_FALSE(refused);
  EXPECT_NE(refused.error().message.find("layer0.expert4 gate"), std::string::npos);
  EXPECT_NE(refused.error().message.find("row 1, column 1"), std::string::npos);
}

}  // namespace
}  // namespace cambium::tensor
