#include "model/eval_kernel.hpp"

#include <gmock/gmock.h>

#include <algorithm>
#include <bit>
#include <cmath>
#include <fstream>
#include <limits>
#include <sstream>

#include "model/eval/math.hpp"
#include "model/eval/ops.hpp"
#include "model/golden.hpp"
#include "model/synthetic.hpp"

namespace cambium::model {
namespace {

using testing::HasSubstr;

const ExpertName kAdded[] = {{0, 4}, {1, 4}};

Tokens text(std::size_t count, std::uint64_t seed = 7) {
  return synthetic_tokens({seed, tiny_architecture().vocab}, count);
}

SequenceLoss losses(const SyntheticModel& model) {
  return sequence_losses(model.view(), text(33)).value();
}

std::vector<std::uint32_t> bits(const std::vector<float>& values) {
  std::vector<std::uint32_t> out;
  for (const float value : values) out.push_back(std::bit_cast<std::uint32_t>(value));
  return out;
}

// Must-show 4: the committed bits, on whatever path this machine takes.
TEST(EvalKernel, GivesTheGoldenBits) {
  std::ifstream file(CAMBIUM_SOURCE_DIR "/tests/determinism/eval_golden.txt");
  std::stringstream golden;
  golden << file.rdbuf();
  EXPECT_EQ(golden_report(), golden.str());
}

TEST(EvalKernel, EveryPathOfThisMachineGivesTheSameDotProducts) {
  const auto values = synthetic_values({"x", "y", 3}, {9, 64});
  std::vector<std::vector<float>> results;
  std::vector<const eval::Ops*> paths = {&eval::kScalarOps};
#if defined(__x86_64__)
  if (__builtin_cpu_supports("avx2") != 0) paths.push_back(&eval::kAvx2Ops);
  if (__builtin_cpu_supports("avx512f") != 0) paths.push_back(&eval::kAvx512Ops);
#endif
  for (const eval::Ops* ops : paths) {
    std::vector<float> y(7 * 3);
    const float* w = values.data();
    ops->panel({{w, w + 64, w + 128, w}, 3, 64, w + 64, 64, 7, y.data(), 3});
    ops->softmax(y.data(), 5);
    results.push_back(y);
  }
  for (const auto& y : results) EXPECT_EQ(bits(y), bits(results[0]));
}

// A contributed expert with down = 0, or dropped again, leaves no trace in any bit.
TEST(EvalKernel, AnExpertThatSaysNothingChangesNothing) {
  const SyntheticModel plain(tiny_architecture(), 1);
  SyntheticModel grown(tiny_architecture(), 1, kAdded);
  const auto before = bits(losses(plain).nats);
  EXPECT_NE(bits(losses(grown).nats), before) << "the added experts take part";
  for (const ExpertName& name : kAdded) {
    auto& down = grown.values(to_text(name), "down");
    std::fill(down.begin(), down.end(), 0.0F);
  }
  EXPECT_EQ(bits(losses(grown).nats), before);
  ModelView dropped = grown.view();
  for (LayerView& layer : dropped.layers) layer.contributed.clear();
  EXPECT_EQ(bits(sequence_losses(dropped, text(33))->nats), before);
}

TEST(EvalKernel, AClosedGateIsTheSameAsNoExpert) {
  const SyntheticModel plain(tiny_architecture(), 1);
  SyntheticModel grown(tiny_architecture(), 1, kAdded);
  for (const ExpertName& name : kAdded) grown.values(to_text(name), "bias")[0] = -1000.0F;
  EXPECT_EQ(bits(losses(grown).nats), bits(losses(plain).nats));
}

TEST(EvalKernel, ThreadsDoNotChangeLosses) {
  const SyntheticModel model(tiny_architecture(), 1, kAdded);
  std::vector<Tokens> sequences;
  for (std::uint64_t i = 0; i < 9; ++i) sequences.push_back(text(8 + i, i));
  const auto one = evaluate(model.view(), sequences, {.threads = 1, .on_progress = {}}).value();
  const auto four = evaluate(model.view(), sequences, {.threads = 4, .on_progress = {}}).value();
  for (std::size_t i = 0; i < sequences.size(); ++i) {
    EXPECT_EQ(bits(one[i].nats), bits(four[i].nats));
    EXPECT_EQ(one[i].nano_nats, sequence_losses(model.view(), sequences[i])->nano_nats);
  }
}

TEST(EvalKernel, ProgressCanStopIt) {
  const SyntheticModel model(tiny_architecture(), 1);
  const std::vector<Tokens> sequences(5, text(9));
  std::size_t seen = 0;
  const auto stopped = evaluate(model.view(), sequences, {1, [&](std::size_t done) {
                                  seen = done;
                                  return done < 2;
                                }});
  EXPECT_EQ(stopped.error().code, ErrorCode::cancelled);
  EXPECT_EQ(seen, 2U);
}

// What a token sees is only what came before it.
TEST(EvalKernel, LaterTokensDoNotChangeEarlierLosses) {
  const SyntheticModel model(tiny_architecture(), 1, kAdded);
  const auto whole = losses(model).nats;
  const auto half = sequence_losses(model.view(), text(17))->nats;
  EXPECT_EQ(bits(half), bits({whole.begin(), whole.begin() + 16}));
}

TEST(EvalKernel, SequencesThatDoNotFitAreRefusedWithTheReason) {
  const SyntheticModel model(tiny_architecture(), 1);
  const auto why = [&](const Tokens& tokens) {
    return sequence_losses(model.view(), tokens).error().message;
  };
  EXPECT_THAT(why({}), HasSubstr("0 positions"));
  EXPECT_THAT(why({1}), HasSubstr("0 positions"));
  EXPECT_THAT(why(text(66)), HasSubstr("takes 1 to 64"));
  EXPECT_THAT(why({1, 96}), HasSubstr("Token 96 is outside the vocabulary of 96"));
}

TEST(EvalKernel, NonFiniteWeightsAreRefusedWithASentence) {
  for (const float bad : {std::numeric_limits<float>::infinity(),
                          std::numeric_limits<float>::quiet_NaN()}) {
    SyntheticModel model(tiny_architecture(), 1);
    model.values("layer1.shared", "up")[5] = bad;
    const auto loss = sequence_losses(model.view(), text(9));
    ASSERT_FALSE(loss);
    EXPECT_THAT(loss.error().message, HasSubstr("not finite"));
  }
}

TEST(EvalKernel, NanoNatsAreExact) {
  EXPECT_EQ(to_nano_nats(0.0F), 0);
  EXPECT_EQ(to_nano_nats(1.0F), 1'000'000'000);
  EXPECT_EQ(to_nano_nats(0.5F), 500'000'000);
  EXPECT_EQ(to_nano_nats(5.0F), 5'000'000'000);
  EXPECT_EQ(to_nano_nats(0.1F), 100'000'001);  // 0.100000001490...
  EXPECT_EQ(to_nano_nats(1e-30F), 0);
  EXPECT_EQ(to_nano_nats(1e30F), 1'024'000'000'000);
}

TEST(EvalMath, AgreesWithTheCLibrary) {
  for (float x = 1e-6F; x < 1e6F; x *= 1.37F) {
    EXPECT_NEAR(eval::log_of(x), std::log(x), 3e-7F * std::max(1.0F, std::fabs(std::log(x)))) << x;
  }
  for (float x = -80.0F; x < 80.0F; x += 0.37F) {
    const double exact = 1.0 / (1.0 + std::exp(-static_cast<double>(x)));
    EXPECT_NEAR(eval::sigmoid_of(x), exact, 3e-7 * exact) << x;
  }
  for (const std::uint64_t position : {0U, 1U, 2U, 127U, 4095U, 1'000'000U}) {
    const auto r = eval::rotation({position, 10'000, 0.25});
    const double angle = static_cast<double>(position) * std::pow(10'000.0, -0.25);
    EXPECT_NEAR(r.cos, std::cos(angle), 1e-7);
    EXPECT_NEAR(r.sin, std::sin(angle), 1e-7);
  }
}

}  // namespace
}  // namespace cambium::model
