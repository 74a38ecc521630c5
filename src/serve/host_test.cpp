#include "serve/host.hpp"

#include <gmock/gmock.h>

#include "model/synthetic.hpp"
#include "model/synthetic_payload.hpp"

namespace cambium::serve {
namespace {

using model::ExpertName;
using testing::HasSubstr;

std::shared_ptr<const model::Tokenizer> tokenizer() {
  const std::string_view documents[] = {"a tree grows a ring each year; the cambium grows it"};
  return model::Tokenizer::train({.documents = documents, .vocab = 300}).value();
}

class Hosting : public testing::Test {
 protected:
  Hosting() { publish(1, {}); }

  void publish(std::uint8_t version, std::vector<ExpertName> contributed) {
    model::Architecture a = model::tiny_architecture();
    a.vocab = tokenizer_->vocab();
    ServedModel served{.id = "small", .index_root = {}, .weights = {}, .tokenizer = tokenizer_};
    served.index_root.data[0] = version;
    served.weights = model::synthetic_weights(a, 1, contributed).value();
    host_.publish(std::move(served));
  }
  Outcome ask(const ChatRequest& request) {
    return host_.generate(request, on_chunk_, cancel_).value();
  }

  std::shared_ptr<const model::Tokenizer> tokenizer_ = tokenizer();
  SystemClock clock_;
  Host host_{{.slots = 2, .waiting = 4}, clock_};
  OnChunk on_chunk_;
  model::CancelToken cancel_;
  ChatRequest request_{.prompt = "the tree", .max_tokens = 12, .seed = 3};
};

// Must-show 2: the prices that were streamed are the charge.
TEST_F(Hosting, StreamedPricesAndTextAddUpToTheOutcome) {
  std::string text;
  std::uint64_t cost = 0;
  MicroCredits last;
  on_chunk_ = [&](const Chunk& chunk) {
    text += chunk.text;
    cost += chunk.cost.value;
    last = chunk.cumulative;
    return true;
  };
  const Outcome outcome = ask(request_);
  EXPECT_EQ(outcome.tokens.size(), 12U);
  EXPECT_EQ(MicroCredits{cost}, outcome.output_cost);
  EXPECT_EQ(last, outcome.total_cost);
  EXPECT_EQ(outcome.total_cost.value, outcome.input_cost.value + outcome.output_cost.value);
  EXPECT_TRUE(outcome.text.starts_with(text));
}

// B/STR-03: a cancel bills only what was sent, and the receipt says the same.
TEST_F(Hosting, CancelBillsOnlyWhatWasSent) {
  std::uint64_t sent = 0;
  on_chunk_ = [&](const Chunk&) {
    if (++sent == 4) cancel_.cancel();
    return true;
  };
  const Outcome outcome = ask(request_);
  EXPECT_EQ(outcome.reason, model::StopReason::cancelled);
  EXPECT_EQ(outcome.receipt.output_tokens, 4U);
  EXPECT_EQ(outcome.output_cost, host_.prepare(request_)->prices.output_cost(4));
}

// Swaps affect new requests only.
TEST_F(Hosting, ARequestKeepsItsSnapshotWhileTheModelMovesOn) {
  const Prepared before = host_.prepare(request_).value();
  const Outcome first = host_.answer(before, {}, cancel_).value();
  publish(2, {{0, 4}, {1, 4}});
  const Outcome same = host_.answer(before, {}, cancel_).value();
  EXPECT_EQ(same.tokens, first.tokens);
  EXPECT_EQ(same.receipt.id(), first.receipt.id());
  const Outcome later = ask(request_);
  EXPECT_EQ(later.receipt.index_root.data[0], 2);
  EXPECT_TRUE(later.usage.contains({0, 4}) || later.usage.contains({1, 4}));
}

// B/INF-08: calls, tokens, gate mass, time and last use of each expert.
TEST_F(Hosting, UsageIsLoggedPerExpert) {
  const Outcome outcome = ask(request_);
  ask(request_);
  const auto& [name, use] = *outcome.usage.begin();
  const ExpertStats stats = host_.usage().find("small", name).value();
  EXPECT_EQ(stats.calls, 2U);
  EXPECT_EQ(stats.tokens, 2 * use.tokens);
  EXPECT_EQ(stats.gate_mass_nano, 2 * use.gate_mass_nano);
  EXPECT_GT(stats.mean_ms(), 0.0);
  EXPECT_EQ(host_.usage().top(3).size(), 3U);
  EXPECT_FALSE(host_.usage().find("small", {9, 9}));
}

TEST_F(Hosting, StopSequencesEndTheAnswerBeforeThem) {
  const std::string whole = ask(request_).text;
  ASSERT_GT(whole.size(), 4U);
  request_.stop = {whole.substr(2, 2)};
  const Outcome outcome = ask(request_);
  EXPECT_EQ(outcome.reason, model::StopReason::stop);
  EXPECT_EQ(outcome.text, whole.substr(0, whole.find(request_.stop[0])));
}

// B/INF-02: the request's fields choose who answers.
TEST_F(Hosting, ModesReachTheModel) {
  request_.experts = model::GenerateRequest::Experts::shared_only;
  EXPECT_TRUE(ask(request_).receipt.experts.empty());
}

TEST_F(Hosting, BadRequestsGetASentence) {
  const auto why = [&](const ChatRequest& r) { return host_.prepare(r).error().message; };
  ChatRequest bad = request_;
  bad.prompt.clear();
  EXPECT_THAT(why(bad), HasSubstr("prompt is empty"));
  bad = request_;
  bad.model_id = "huge";
  EXPECT_THAT(why(bad), HasSubstr("no model \"huge\" here; ask for \"small\""));
  bad = request_;
  bad.max_tokens = 0;
  EXPECT_THAT(why(bad), HasSubstr("max_tokens"));
  bad = request_;
  bad.temperature = -1;
  EXPECT_THAT(why(bad), HasSubstr("temperature"));
  bad = request_;
  bad.top_k_experts = 9;
  EXPECT_THAT(why(bad), HasSubstr("this model has 4 experts"));
  host_.withdraw("small");
  EXPECT_THAT(why(request_), HasSubstr("No model is loaded yet"));
}

}  // namespace
}  // namespace cambium::serve
