#include "serve/pricing.hpp"

#include <gtest/gtest.h>

namespace cambium::serve {
namespace {

PriceList prices(const PriceFactors& factors) { return PriceList::make(factors).value(); }

// economy.md, "Users' prices" (B/STR-03): 0.01 and 0.02 per 1000 tokens at rate one.
TEST(Pricing, BaseRatesAreTenAndTwentyMicroCreditsAToken) {
  const PriceList list = prices({});
  EXPECT_EQ(to_text(list.input_cost(1000)), "0.010000");
  EXPECT_EQ(to_text(list.output_cost(1000)), "0.020000");
  EXPECT_EQ(list.output_token(0), MicroCredits{20});
  EXPECT_EQ(list.total({7, 3}), MicroCredits{7 * 10 + 3 * 20});
}

// Must-show 2: the prices of the tokens sum exactly to the charge, for any factors.
TEST(Pricing, TokenPricesSumExactlyToTheTotal) {
  for (const std::uint64_t load : {812'345'679ULL, 1'333'333'333ULL, 2'000'000'000ULL}) {
    for (const std::uint64_t rate : {1ULL, 777'777'777ULL, 12'345'678'901ULL}) {
      const PriceList list = prices({Ratio{load}, Ratio{1'111'111'111}, Ratio{rate}});
      std::uint64_t sum = 0;
      for (std::uint64_t i = 0; i < 997; ++i) sum += list.output_token(i).value;
      EXPECT_EQ(MicroCredits{sum}, list.output_cost(997));
    }
  }
}

TEST(Pricing, FactorsAreClampedToTheirRanges) {
  EXPECT_EQ(prices({Ratio{0}, Ratio{0}}).output_cost(1000), MicroCredits{20'000 * 72 / 100});
  EXPECT_EQ(prices({Ratio{~0ULL}, Ratio{~0ULL}}).output_cost(1000), MicroCredits{52'000});
  EXPECT_FALSE(PriceList::make({Ratio{kNano}, Ratio{kNano}, Ratio{~0ULL}}));
}

TEST(Pricing, LoadAndQualityMoveWithinTheirRanges) {
  EXPECT_EQ(load_factor({0, 4}), kLoadMin);
  EXPECT_EQ(load_factor({4, 4}), kLoadMax);
  EXPECT_EQ(load_factor({9, 4}), kLoadMax);
  EXPECT_EQ(quality_factor(0), Ratio{kNano});
  EXPECT_EQ(quality_factor(100'000'000), Ratio{1'100'000'000});
  EXPECT_EQ(quality_factor(5 * kNano), kQualityMax);
}

TEST(Pricing, CreditsShowSixDecimals) {
  EXPECT_EQ(to_text(MicroCredits{0}), "0.000000");
  EXPECT_EQ(to_text(MicroCredits{1'234'567}), "1.234567");
}

}  // namespace
}  // namespace cambium::serve
