#include "model/generator.hpp"

#include <gmock/gmock.h>

#include <cmath>

#include "model/eval_kernel.hpp"
#include "model/runtime/session.hpp"
#include "model/synthetic.hpp"
#include "model/synthetic_payload.hpp"

namespace cambium::model {
namespace {

using testing::HasSubstr;

const ExpertName kAdded[] = {{0, 4}, {1, 4}};

class Generator : public testing::Test {
 protected:
  Result<GenerateResult> run(const GenerateRequest& request) {
    return generate(*weights_, request, {on_token_, cancel_, clock_});
  }
  static GenerateRequest request(std::size_t prompt, std::uint32_t max_tokens) {
    GenerateRequest r;
    r.prompt = synthetic_tokens({2, tiny_architecture().vocab}, prompt);
    r.max_tokens = max_tokens;
    return r;
  }

  SharedWeights weights_ = synthetic_weights(tiny_architecture(), 1, kAdded).value();
  OnToken on_token_;
  CancelToken cancel_;
  SystemClock clock_;
};

// models.md, "Runtime": serving agrees with the evaluation kernel to 1e-3 relative.
TEST_F(Generator, ServingLogitsAgreeWithTheKernelPrefilledOrOneByOne) {
  const auto tokens = synthetic_tokens({4, 96}, 40);
  const auto reference = reference_logits(weights_->view(), tokens).value();
  auto session = runtime::Session::open(*weights_, {.capacity = 64, .top_k = 2}, clock_).value();
  std::size_t at = 0;
  for (const std::size_t n : {13U, 1U, 1U, 5U, 20U}) {
    const auto logits = session.advance({tokens.data() + at, n}, cancel_).value();
    at += n;
    for (std::size_t v = 0; v < 96; ++v) {
      const float exact = reference[(at - 1) * 96 + v];
      ASSERT_NEAR(logits[v], exact, 1e-3F * std::max(1.0F, std::fabs(exact))) << at << " " << v;
    }
  }
}

TEST_F(Generator, TheSameRequestGivesTheSameAnswer) {
  const auto answer = run(request(9, 20)).value();
  EXPECT_EQ(answer.tokens.size(), 20U);
  EXPECT_EQ(answer.reason, StopReason::length);
  EXPECT_EQ(run(request(9, 20))->tokens, answer.tokens);
  auto other = request(9, 20);
  other.sampling.nonce = 1;
  EXPECT_NE(run(other)->tokens, answer.tokens);
}

// Every token takes two routed experts in each layer, and their weights sum to one.
TEST_F(Generator, UsageCountsTokensAndGateMass) {
  const auto usage = run(request(9, 5)).value().usage;
  std::uint64_t tokens = 0;
  std::uint64_t mass = 0;
  for (const auto& [name, use] : usage) {
    if (is_contributed(name, tiny_architecture())) continue;
    tokens += use.tokens;
    mass += use.gate_mass_nano;
  }
  const std::uint64_t steps = (9 + 4) * 2;  // the last token drawn is never read
  EXPECT_EQ(tokens, steps * 2);
  EXPECT_NEAR(static_cast<double>(mass), static_cast<double>(steps) * 1e9, 1e4);
}

TEST_F(Generator, ExpertModesChangeWhoAnswers) {
  auto shared = request(9, 5);
  shared.experts = GenerateRequest::Experts::shared_only;
  EXPECT_TRUE(run(shared)->usage.empty());
  auto one = request(9, 1);
  one.top_k_experts = 1;
  std::uint64_t tokens = 0;
  const auto usage = run(one).value().usage;
  for (const auto& [name, use] : usage) {
    if (!is_contributed(name, tiny_architecture())) tokens += use.tokens;
  }
  EXPECT_EQ(tokens, 9U * 2);
}

// B/STR-03: a cancel stops at once and keeps what was sent.
TEST_F(Generator, CancelStopsBeforeTheNextToken) {
  std::size_t sent = 0;
  on_token_ = [&](std::uint32_t) {
    if (++sent == 3) cancel_.cancel();
    return true;
  };
  const auto answer = run(request(9, 50)).value();
  EXPECT_EQ(answer.reason, StopReason::cancelled);
  EXPECT_EQ(answer.tokens.size(), 3U);
}

TEST_F(Generator, AConsumerMayStopAndSoMayAToken) {
  on_token_ = [](std::uint32_t) { return false; };
  EXPECT_EQ(run(request(9, 50))->tokens.size(), 1U);
  on_token_ = {};
  auto stopping = request(9, 50);
  stopping.stop_tokens = {run(request(9, 50))->tokens[4]};
  const auto answer = run(stopping).value();
  EXPECT_EQ(answer.reason, StopReason::stop);
  EXPECT_LE(answer.tokens.size(), 4U);
}

TEST_F(Generator, LongPromptsAndAnswersSlide) {
  const auto answer = run(request(500, 200)).value();
  EXPECT_EQ(answer.tokens.size(), 200U);
  auto last = request(500, 200);
  last.prompt.erase(last.prompt.begin(), last.prompt.end() - 48);
  EXPECT_EQ(run(last)->tokens, answer.tokens) << "the last 48 of 64 are what the model reads";
}

TEST_F(Generator, OrAreRefusedWhenAskedFor) {
  auto strict = request(64, 5);
  strict.overflow = GenerateRequest::Overflow::refuse;
  EXPECT_THAT(run(strict).error().message, HasSubstr("has 64 tokens; this model reads at most 64"));
  strict.prompt.resize(60);
  strict.max_tokens = 50;
  const auto answer = run(strict).value();
  EXPECT_EQ(answer.reason, StopReason::context_full);
  EXPECT_EQ(answer.tokens.size(), 5U);
}

TEST_F(Generator, BadRequestsGetASentence) {
  EXPECT_THAT(run(request(0, 5)).error().message, HasSubstr("prompt is empty"));
  auto unknown = request(2, 5);
  unknown.prompt[1] = 96;
  EXPECT_THAT(run(unknown).error().message, HasSubstr("token 96 is outside"));
  auto many = request(2, 5);
  many.top_k_experts = 5;
  EXPECT_THAT(run(many).error().message, HasSubstr("this model has 4 experts"));
}

}  // namespace
}  // namespace cambium::model
