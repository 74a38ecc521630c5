#include "tensor/convert.hpp"

#include <gtest/gtest.h>

#include <bit>
#include <cmath>
#include <limits>

#include "base/random.hpp"

namespace cambium::tensor {
namespace {

/// The nearest of all finite codes of a small format by exhaustive search, ties to the even code.
template <class Widen>
std::uint32_t nearest(float value, std::uint32_t codes, Widen widen) {
  std::uint32_t best = 0;
  double best_distance = std::numeric_limits<double>::infinity();
  for (std::uint32_t code = 0; code < codes; ++code) {
    const double distance = std::fabs(static_cast<double>(widen(code)) - std::fabs(value));
    if (distance < best_distance || (distance == best_distance && code % 2 == 0)) {
      best = code;
      best_distance = distance;
    }
  }
  return best;
}

TEST(Fp16, EveryCodeSurvivesTheRoundTrip) {
  for (std::uint32_t code = 0; code < 0x10000; ++code) {
    if ((code & 0x7c00) == 0x7c00 && (code & 0x3ff) != 0) continue;  // NaN
    EXPECT_EQ(float_to_fp16(fp16_to_float(static_cast<std::uint16_t>(code))), code);
  }
}

TEST(Fp16, KnownValues) {
  EXPECT_EQ(fp16_to_float(0x3c00), 1.0F);
  EXPECT_EQ(fp16_to_float(0x7bff), 65504.0F);
  EXPECT_EQ(fp16_to_float(0x0001), std::ldexp(1.0F, -24));
  EXPECT_EQ(float_to_fp16(65520.0F), 0x7c00);
  EXPECT_EQ(float_to_fp16(65519.0F), 0x7bff);
  EXPECT_TRUE(std::isnan(fp16_to_float(float_to_fp16(NAN))));
}

TEST(Fp16, RoundsToTheNearestCode) {
  SeededRandom random(1);
  for (int i = 0; i < 200; ++i) {
    const auto value = static_cast<float>(std::ldexp(random.unit() - 0.5, i % 40 - 25));
    const auto widen = [](std::uint32_t c) { return fp16_to_float(static_cast<std::uint16_t>(c)); };
    EXPECT_EQ(float_to_fp16(value) & 0x7fffU, nearest(value, 0x7c00, widen)) << value;
  }
}

TEST(Fp8, EveryCodeSurvivesTheRoundTrip) {
  for (std::uint32_t code = 0; code < 0x100; ++code) {
    EXPECT_EQ(float_to_fp8(fp8_to_float(static_cast<std::uint8_t>(code))), code);
  }
}

TEST(Fp8, RoundsToTheNearestCodeAndSaturates) {
  SeededRandom random(2);
  for (int i = 0; i < 5000; ++i) {
    const auto value = static_cast<float>(std::ldexp(random.unit() - 0.5, i % 24 - 12));
    const auto widen = [](std::uint32_t c) { return fp8_to_float(static_cast<std::uint8_t>(c)); };
    EXPECT_EQ(float_to_fp8(value) & 0x7fU, nearest(value, 0x7f, widen)) << value;
  }
  EXPECT_EQ(fp8_to_float(float_to_fp8(1e30F)), 448.0F);
  EXPECT_EQ(fp8_to_float(float_to_fp8(-INFINITY)), -448.0F);
}

TEST(Bf16, RoundsHalfToEven) {
  EXPECT_EQ(float_to_bf16(std::bit_cast<float>(0x3f808000U)), 0x3f80);
  EXPECT_EQ(float_to_bf16(std::bit_cast<float>(0x3f818000U)), 0x3f82);
  EXPECT_EQ(float_to_bf16(std::bit_cast<float>(0x3f808001U)), 0x3f81);
  EXPECT_TRUE(std::isnan(bf16_to_float(float_to_bf16(NAN))));
}

struct Tolerance {
  DType dtype;
  float of_row_maximum;  // largest error as a share of the row's largest magnitude
};
class Quantised : public testing::TestWithParam<Tolerance> {};

TEST_P(Quantised, StaysWithinItsErrorBound) {
  SeededRandom random(3);
  std::vector<float> values(16 * 96);
  for (auto& value : values) value = static_cast<float>(random.unit() * 2 - 1);
  const auto source = float_view(values, {16, 96});
  const auto stored = quantise(source, GetParam().dtype).value();
  std::vector<float> row(96);
  for (std::uint64_t r = 0; r < 16; ++r) {
    dequantise_row(stored.view(), r, row);
    for (std::uint64_t c = 0; c < 96; ++c) {
      EXPECT_NEAR(row[c], source.at(r, c), GetParam().of_row_maximum);
      EXPECT_EQ(row[c], stored.view().at(r, c));
    }
  }
}

INSTANTIATE_TEST_SUITE_P(Types, Quantised,
                         testing::Values(Tolerance{DType::fp32, 0}, Tolerance{DType::fp16, 5e-4F},
                                         Tolerance{DType::bf16, 4e-3F},
                                         Tolerance{DType::int8, 4e-3F},
                                         Tolerance{DType::fp8_e4m3, 0.0625F},
                                         Tolerance{DType::int4_group32, 0.0725F}));

TEST(Quantise, ZerosStayZeroInEveryType) {
  const std::vector<float> zeros(64);
  for (std::uint32_t code = 1; code <= 6; ++code) {
    EXPECT_EQ(quantise(float_view(zeros, {2, 32}), DType{code})->view().at(1, 31), 0.0F);
  }
}

TEST(Quantise, RefusesWeightsThatAreNotFinite) {
  const std::vector<float> values{1, NAN};
  const auto refused = quantise(float_view(values, {1, 2}), DType::fp16);
  ASSERT_FALSE(refused);
  EXPECT_NE(refused.error().message.find("row 0, column 1"), std::string::npos);
}

TEST(Quantise, RefusesWeightsThatOverflowTheType) {
  const std::vector<float> values{1e6F};
  EXPECT_EQ(quantise(float_view(values, {1, 1}), DType::fp16).error().code,
            ErrorCode::unsupported);
}

}  // namespace
}  // namespace cambium::tensor
