#include "serve/receipt.hpp"

#include <gmock/gmock.h>

namespace cambium::serve {
namespace {

model::GenerateRequest request() {
  model::GenerateRequest r;
  r.prompt = {1, 2, 3};
  return r;
}

TEST(Receipt, RequestHashDependsOnWhatWasAsked) {
  const Hash base = request_hash("small", request());
  EXPECT_EQ(request_hash("small", request()), base);
  EXPECT_NE(request_hash("other", request()), base);
  auto changed = request();
  changed.prompt.push_back(4);
  EXPECT_NE(request_hash("small", changed), base);
  changed = request();
  changed.sampling.temperature = 0.5F;
  EXPECT_NE(request_hash("small", changed), base);
  changed = request();
  changed.sampling.request = base;
  EXPECT_EQ(request_hash("small", changed), base) << "the hash does not contain itself";
}

TEST(Receipt, EveryPrefixOfAnAnswerHasItsOwnCommitment) {
  OutputCommitment whole{Hash{}};
  const Hash start = whole.value();
  whole.push(5);
  OutputCommitment same{Hash{}};
  same.push(5);
  EXPECT_EQ(whole.value(), same.value());
  EXPECT_NE(whole.value(), start);
  same.push(5);
  EXPECT_NE(whole.value(), same.value());
}

TEST(Receipt, CarriesCountsAndGateMassOfEachExpert) {
  const model::ExpertUsage usage = {{{0, 1}, {.tokens = 4, .gate_mass_nano = 2'500'000'000}},
                                    {{0, 4}, {.tokens = 1, .gate_mass_nano = 700'000'000}}};
  const std::uint32_t delivered[] = {8, 9};
  const Receipt r = make_receipt({Hash{}, "small", Hash{}, 3}, delivered, usage);
  EXPECT_EQ(r.input_tokens, 3U);
  EXPECT_EQ(r.output_tokens, 2U);
  ASSERT_EQ(r.experts.size(), 2U);
  EXPECT_EQ(r.experts[1].name, (model::ExpertName{0, 4}));
  EXPECT_EQ(r.experts[1].gate_mass_nano, 700'000'000U);
  Receipt forged = r;
  forged.experts[1].gate_mass_nano += 1;
  EXPECT_NE(forged.id(), r.id());
}

}  // namespace
}  // namespace cambium::serve
