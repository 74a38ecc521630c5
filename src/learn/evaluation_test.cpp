#include "learn/evaluation.hpp"

#include <gtest/gtest.h>

namespace cambium::learn {
namespace {

SliceHalf half_of(std::string slice, std::size_t sequences) {
  return {std::move(slice), Half::public_half, std::vector<Tokens>(sequences, Tokens(9)), 0};
}

// Gains that lie `spread` around `mean`, half above and half below.
SliceMeasurement gains(std::string slice, std::int64_t mean, std::int64_t spread) {
  const SequenceLosses before(100, 5'000'000'000);
  SequenceLosses after;
  for (int i = 0; i < 100; ++i) {
    after.push_back(5'000'000'000 - mean + (i % 2 == 0 ? spread : -spread));
  }
  return compare(half_of(std::move(slice), 100), before, after);
}

TEST(evaluation, sums_are_exact_integers) {
  const SliceMeasurement m = compare(half_of("a", 2), {3'000'000'000, 1}, {1, 4'000'000'000});
  EXPECT_EQ(m.sum_gain_nano, 2'999'999'999 - 3'999'999'999);
  const u128 squares = static_cast<u128>(2'999'999'999) * 2'999'999'999 +
                       static_cast<u128>(3'999'999'999) * 3'999'999'999;
  EXPECT_TRUE(m.sum_squares == squares);
  EXPECT_EQ(m.tokens, 16U);
  EXPECT_EQ(m.incumbent_loss_nano, 1'500'000'000U);
}

TEST(evaluation, a_root_names_every_loss_and_its_place) {
  EXPECT_NE(losses_root({1, 2}), losses_root({2, 1}));
  EXPECT_EQ(losses_root({1, 2}), losses_root({1, 2}));
}

TEST(evaluation, a_sure_gain_is_accepted_and_an_unsure_one_is_not) {
  EXPECT_TRUE(forecast(std::vector{gains("new", 50'000'000, 20'000'000)}, "new").accepted);
  EXPECT_FALSE(forecast(std::vector{gains("new", 50'000'000, 200'000'000)}, "new").accepted);
}

TEST(evaluation, harm_elsewhere_refuses_with_the_slice_named) {
  const std::vector all = {gains("new", 50'000'000, 1'000'000),
                           gains("old", -12'000'000, 1'000'000)};
  const Forecast f = forecast(all, "new");
  EXPECT_FALSE(f.accepted);
  EXPECT_NE(f.reason.find("old"), std::string::npos) << f.reason;
}

TEST(evaluation, bits_per_byte_of_one_nat_a_byte) {
  EXPECT_NEAR(bits_per_byte(1'000'000'000, 100, 100), 1.4427, 1e-4);
}

}  // namespace
}  // namespace cambium::learn
