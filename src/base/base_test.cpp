// The small vocabulary everything else is written in.
#include <gtest/gtest.h>

#include "base/amount.hpp"
#include "base/bech32.hpp"
#include "base/ids.hpp"
#include "base/random.hpp"
#include "base/result.hpp"

namespace cambium {
namespace {

TEST(Hex, RoundTripsAndRefusesOddOrForeignText) {
  EXPECT_EQ(to_hex(Bytes{0x00, 0xff, 0x1a}), "00ff1a");
  EXPECT_EQ(from_hex("00FF1a"), (Bytes{0x00, 0xff, 0x1a}));
  EXPECT_FALSE(from_hex("0"));
  EXPECT_FALSE(from_hex("zz"));
}

// The address example of BIP-173, whose first data group is the witness version.
TEST(Bech32, AgreesWithAPublishedChecksumAndRefusesOneWrongCharacter) {
  const Bytes payload(20, 7);
  const auto text = to_bech32("cbm", payload);
  EXPECT_EQ(from_bech32("cbm", text), payload);
  EXPECT_EQ(to_bech32("a", {}), "a12uel5l");  // valid string listed in BIP-173
  auto wrong = text;
  wrong[6] = wrong[6] == 'q' ? 'p' : 'q';
  EXPECT_FALSE(from_bech32("cbm", wrong));
  EXPECT_FALSE(from_bech32("cosmos", text));
}

TEST(Amount, ArithmeticNeverWraps) {
  EXPECT_EQ(checked_add({1}, {2}), Amount{3});
  EXPECT_FALSE(checked_add({UINT64_MAX}, {1}));
  EXPECT_FALSE(checked_sub({1}, {2}));
  EXPECT_EQ(scale(cbm(1000), percent(1)), cbm(10));
  EXPECT_EQ(scale({99}, percent(1)), Amount{0});  // floors: the remainder stays where it was
  EXPECT_EQ(mul_div(UINT64_MAX, 4, 8), UINT64_MAX / 2);
  EXPECT_FALSE(mul_div(UINT64_MAX, 2, 1));
}

TEST(Amount, TextIsExact) {
  EXPECT_EQ(to_text({1}), "0.000001 CBM");
  EXPECT_EQ(to_text(cbm(12)), "12.0 CBM");
  EXPECT_EQ(to_text({1'500'000}), "1.5 CBM");
}

TEST(Random, OneSeedGivesOneStreamAndBelowStaysBelow) {
  SeededRandom a(7), b(7);
  for (int i = 0; i < 100; ++i) {
    const auto x = a.below(10);
    EXPECT_EQ(x, b.below(10));
    EXPECT_LT(x, 10u);
  }
}

Result<int> half(int x) {
  if (x % 2) return fail(ErrorCode::invalid_input, "an odd number has no half");
  return x / 2;
}

Result<int> quarter(int x) {
  TRY(const int h, half(x));
  return half(h);
}

TEST(Result, TryPassesTheFirstErrorOn) {
  EXPECT_EQ(quarter(8).value(), 2);
  EXPECT_EQ(quarter(6).error().message, "an odd number has no half");
}

}  // namespace
}  // namespace cambium
