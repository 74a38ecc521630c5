#include "serve/stop_text.hpp"

#include <gtest/gtest.h>

namespace cambium::serve {
namespace {

TEST(StopText, WithoutStopsNothingIsHeldBack) {
  StopText text({});
  EXPECT_EQ(text.push("any"), "any");
  EXPECT_EQ(text.finish(), "");
}

TEST(StopText, AStopSplitOverTokensIsFound) {
  StopText text({"END", "\n\n"});
  EXPECT_EQ(text.push("the E"), "the ");
  EXPECT_EQ(text.push("N"), "");
  EXPECT_EQ(text.push("D of"), "");
  EXPECT_TRUE(text.stopped());
  EXPECT_EQ(text.push("more"), "");
  EXPECT_EQ(text.finish(), "");
}

TEST(StopText, AFalseStartIsGivenOut) {
  StopText text({"END"});
  EXPECT_EQ(text.push("EN"), "");
  EXPECT_EQ(text.push("T"), "ENT");
  EXPECT_EQ(text.push("E"), "");
  EXPECT_EQ(text.finish(), "E");
  EXPECT_FALSE(text.stopped());
}

TEST(StopText, TheFirstStopCounts) {
  StopText text({"b", "a"});
  EXPECT_EQ(text.push("xxaxb"), "xx");
}

}  // namespace
}  // namespace cambium::serve
