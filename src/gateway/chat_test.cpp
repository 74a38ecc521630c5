// Talking to a node as its clients do, and what they are charged.
#include "gateway/test_world.hpp"

namespace cambium::gateway {
namespace {

using nlohmann::json;

struct Event {
  std::string name;
  json data;
};

std::vector<Event> events_of(const std::string& stream) {
  std::vector<Event> events;
  for (std::size_t at = 0; at < stream.size();) {
    const auto end = stream.find("\n\n", at);
    const auto block = stream.substr(at, end - at);
    const auto name = block.find("event: ");
    const auto data = block.find("data: ");
    events.push_back({name == block.npos ? "" : block.substr(7, block.find('\n') - 7),
                      json::parse(block.substr(data + 6), nullptr, false)});
    if (end == stream.npos) break;
    at = end + 2;
  }
  return events;
}

class ChatTest : public GatewayWorld {
 protected:
  ChatTest() { start(); }
  std::int64_t balance() { return micro_of(get("/credits").json()["balance"]); }
};

// Must-show 2: the prices that were streamed are the charge, to the last micro-credit.
TEST_F(ChatTest, StreamedPricesAddUpToWhatTheLedgerTook) {
  const auto before = balance();
  const auto reply = get("/chat/stream?prompt=the%20tree&max_tokens=20&seed=5");
  ASSERT_EQ(reply.status, 200) << reply.body;
  std::int64_t sum = 0;
  std::uint64_t tokens = 0;
  json end;
  for (const auto& event : events_of(reply.body)) {
    if (event.name == "stream_start") sum += micro_of(event.data["input_cost"]);
    if (event.name == "token") sum += micro_of(event.data["cost"]), ++tokens;
    if (event.name == "stream_end") end = event.data;
  }
  ASSERT_FALSE(end.is_null()) << reply.body;
  EXPECT_GE(tokens, end["total_tokens"].get<std::uint64_t>());
  EXPECT_EQ(sum, micro_of(end["total_cost"]));
  EXPECT_EQ(before - balance(), sum);
  EXPECT_EQ(get("/credits").json()["held"], "0.000000");
}

TEST_F(ChatTest, TheWholeAnswerIsWhatTheStreamSaid) {
  const auto whole = post("/chat", R"({"prompt":"the tree","max_tokens":12,"seed":5})").json();
  std::string text;
  const auto stream = get("/chat/stream?prompt=the%20tree&max_tokens=12&seed=5");
  for (const auto& event : events_of(stream.body)) {
    if (event.name == "token") text += event.data["token"].get<std::string>();
  }
  EXPECT_EQ(whole["answer"], text);
  EXPECT_EQ(whole["output_tokens"], 12);
  EXPECT_FALSE(whole["experts"].empty());
}

TEST_F(ChatTest, OpenAiShapesCarryTheAnswerAndItsUse) {
  const auto reply = post("/v1/chat/completions",
                          R"({"model":"small","max_tokens":6,"seed":5,
                              "messages":[{"role":"user","content":"the tree"}]})").json();
  EXPECT_EQ(reply["object"], "chat.completion");
  EXPECT_EQ(reply["choices"][0]["message"]["role"], "assistant");
  EXPECT_EQ(reply["usage"]["completion_tokens"], 6);
  const auto models = get("/v1/models").json();
  EXPECT_EQ(models["data"][0]["id"], "small");
}

// What a crash leaves in the ledger is sent again; what the chain cannot take is not lost either.
TEST_F(ChatTest, ARestartKeepsBalanceAndEvidence) {
  ASSERT_EQ(post("/chat", R"({"prompt":"the tree","max_tokens":4})").status, 200);
  const auto before = balance();
  stop();
  start();
  EXPECT_EQ(balance(), before);
}

struct BadRequest {
  const char* target;
  const char* body;  // nullptr: GET
  int status;
  const char* says;
};

class BadRequests : public GatewayWorld, public testing::WithParamInterface<BadRequest> {};

// Must-show 11: every refusal is a problem document that says what to do.
TEST_P(BadRequests, AreProblemsWithANextStep) {
  start();
  const auto& bad = GetParam();
  const auto reply = bad.body ? post(bad.target, bad.body) : get(bad.target);
  EXPECT_EQ(reply.status, bad.status) << reply.body;
  EXPECT_NE(reply.body.find(bad.says), std::string::npos) << reply.body;
  const auto problem = reply.json();
  const bool openai = problem.contains("error");
  EXPECT_TRUE(openai || !problem.value("next_step", "").empty()) << reply.body;
}

INSTANTIATE_TEST_SUITE_P(
    Gateway, BadRequests,
    testing::Values(
        BadRequest{"/chat", "{", 400, "not JSON"},
        BadRequest{"/chat", "{}", 400, "prompt"},
        BadRequest{"/chat", R"({"prompt":"a","max_tokens":"x"})", 400, "max_tokens"},
        BadRequest{"/chat", R"({"prompt":"a","max_tokens":100000})", 400, "between 0 and"},
        BadRequest{"/chat", R"({"prompt":"a","model":"none"})", 404, "none"},
        BadRequest{"/v1/chat/completions", R"({"model":"small"})", 400, "messages"},
        BadRequest{"/chain/none/status", nullptr, 404, "utility"},
        BadRequest{"/chain/utility/state/xyz", nullptr, 400, "hexadecimal"},
        BadRequest{"/chain/utility/blocks/99999", nullptr, 404, "99999"},
        BadRequest{"/chain/utility/txs", R"({"tx":"?"})", 400, "base64"},
        BadRequest{"/models/none", nullptr, 404, "model"},
        BadRequest{"/nowhere.js", nullptr, 404, "nowhere"}));

}  // namespace
}  // namespace cambium::gateway
