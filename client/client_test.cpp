// The client against a real server of the gateway with small routes (B/API-06).
#include <gtest/gtest.h>

#include "chain/pipeline.hpp"
#include "client/chat.hpp"
#include "client/runs.hpp"
#include "client/sender.hpp"
#include "client/sse.hpp"
#include "gateway/http/problem.hpp"
#include "gateway/http/server.hpp"
#include "schema/json.hpp"

namespace cambium::client {
namespace {

using gateway::Method;
using gateway::Request;
using gateway::Response;
using gateway::Route;

Route plain(Method method, std::string pattern, gateway::PlainHandler handler) {
  Route route;
  route.method = method;
  route.pattern = std::move(pattern);
  route.handler = std::move(handler);
  return route;
}

Response json(const Json& body) {
  Response response;
  response.body = body.dump();
  return response;
}

class Served : public ::testing::Test {
 protected:
  void serve(std::vector<Route> routes) {
    gateway::ServerConfig config;
    config.port = 0;
    auto server = gateway::Server::start(config, gateway::Router(std::move(routes)));
    ASSERT_TRUE(server) << server.error().message;
    server_ = std::move(*server);
  }
  NodeApi api(std::stop_token stop = {}) const {
    return NodeApi(Http({"127.0.0.1", std::to_string(server_->port()), ""}, "", std::move(stop)));
  }
  std::unique_ptr<gateway::Server> server_;
};

using Replies = Served;

TEST_F(Replies, CarryArgumentsEncoded) {
  serve({plain(Method::get, "/echo", [](const Request& request) {
    return json({{"q", request.query_or("q", "")}});
  })});
  const auto reply = api().get("/echo", {{"q", "a b&c=ä"}});
  ASSERT_TRUE(reply) << reply.error().message;
  EXPECT_EQ(text_at(*reply, "q"), "a b&c=ä");
}

TEST_F(Replies, TurnProblemsIntoASentenceWithTheNextStep) {
  serve({plain(Method::get, "/no", [](const Request&) {
    return gateway::to_response(gateway::Problem{403, "refused", "the door is shut", "Knock."});
  })});
  const auto reply = api().get("/no");
  ASSERT_FALSE(reply);
  EXPECT_EQ(reply.error().code, ErrorCode::refused);
  EXPECT_EQ(reply.error().message, "The door is shut. Knock.");
}

TEST_F(Replies, ThatAreNoneSayWhereTheNodeWas) {
  const NodeApi nowhere(Http({"127.0.0.1", "1", ""}));
  const auto reply = nowhere.get("/health");
  ASSERT_FALSE(reply);
  EXPECT_EQ(reply.error().code, ErrorCode::unavailable);
  EXPECT_NE(reply.error().message.find("http://127.0.0.1:1"), std::string::npos);
}

TEST_F(Replies, EndWhenAskedToStop) {
  std::stop_source stop;
  serve({plain(Method::get, "/slow", [&](const Request&) {
    stop.request_stop();
    return json({});
  })});
  stop.request_stop();
  EXPECT_EQ(api(stop.get_token()).get("/slow").error().code, ErrorCode::cancelled);
}

TEST_F(Replies, StreamAnAnswerUntilItsEnd) {
  Route route;
  route.method = Method::get;
  route.pattern = "/chat/stream";
  route.handler = gateway::StreamHandler(
      [](const Request&, gateway::StreamPtr out) -> std::optional<Response> {
        out->send(gateway::sse_event("stream_start", R"({"input_cost":"0.1"})"));
        for (const char* token : {"a", "b", "c"}) {
          out->send(gateway::sse_event("token", Json{{"token", token}}.dump()));
        }
        out->send(gateway::sse_event("stream_end", R"({"total_cost":"0.4"})"));
        out->finish();
        return std::nullopt;
      });
  serve({route});
  std::string said;
  const auto done = stream_chat(api(), {"hello", {}},
                                {[&](const Json& e) { said += text_at(e, "input_cost"); },
                                 [&](const Json& e) {
                                   said += text_at(e, "token");
                                   return true;
                                 },
                                 [&](const Json& e) { said += text_at(e, "total_cost"); }});
  ASSERT_TRUE(done) << done.error().message;
  EXPECT_EQ(said, "0.1abc0.4");
}

TEST_F(Replies, LetARunReportAndHearThatItShouldStop) {
  serve({plain(Method::post, "/train/runs", [](const Request&) { return json({{"id", "r1"}}); }),
         plain(Method::post, "/train/runs/{id}/progress", [](const Request& request) {
           const auto body = Json::parse(request.body);
           return json({{"cancel", whole_at(body, "step") == 2}});
         })});
  const auto node = api();
  const auto run = RemoteRun::begin(node, "a run");
  ASSERT_TRUE(run);
  EXPECT_TRUE(run->report({1, 10, 2.0, 1, 1}));
  EXPECT_FALSE(run->report({2, 10, 2.0, 1, 1}));
}

TEST_F(Replies, LeadATransactionFromNonceToBlock) {
  std::vector<std::uint64_t> nonces;
  const auto on_tx = [&](const Request& request) {
    const auto raw = from_base64(text_at(Json::parse(request.body), "tx"));
    cambium::tx::v1::TxRaw tx;
    tx.ParseFromString(to_string(*raw));
    cambium::tx::v1::TxBody body;
    body.ParseFromString(tx.body());
    nonces.push_back(body.nonce());
    return json({{"hash", "ab"}, {"status", 0}, {"gas_used", 1000}, {"height", 7}});
  };
  serve({plain(Method::get, "/chain/{id}/status", [](const Request&) {
           return json({{"chain_id", "test-1"}, {"base_fee_nano_ucbm", "5"}});
         }),
         plain(Method::get, "/chain/{id}/accounts/{address}", [](const Request&) {
           return json({{"account", {{"nonce", "41"}}}});
         }),
         plain(Method::post, "/chain/{id}/simulate", on_tx),
         plain(Method::post, "/chain/{id}/txs", on_tx)});
  SystemRandom random;
  const auto key = crypto::generate_key(crypto::KeyType::ed25519, random);
  const auto node = api();
  const ChainApi chain(node, "utility");
  const auto report = Sender(chain, *key).send({TxMsg{}});
  ASSERT_TRUE(report) << report.error().message;
  EXPECT_EQ(report->height, 7U);
  EXPECT_EQ(nonces, (std::vector<std::uint64_t>{41, 41}));
}

TEST(Messages, AreMadeFromTheirDescriptors) {
  const std::string sender(20, 's');
  const auto msg = make_message(
      {"bank.Send", R"({"coin":{"denom":"ucbm","amount":"5"}})"}, sender);
  ASSERT_TRUE(msg) << msg.error().message;
  EXPECT_EQ(msg->bank().send().coin().amount(), 5U);
  EXPECT_EQ(msg->bank().send().sender(), sender);
  EXPECT_NE(make_message({"bank.Sent", "{}"}, sender).error().message.find("bank.Send"),
            std::string::npos);
  EXPECT_GE(message_names().size(), 20U);
}

TEST(Transactions, AreSignedAsTheChainChecksThem) {
  SystemRandom random;
  for (auto type : {crypto::KeyType::ed25519, crypto::KeyType::secp256k1}) {
    const auto key = crypto::generate_key(type, random);
    const auto sender = to_string(crypto::address_of(key->public_key()));
    const auto msg = make_message({"bank.Burn", R"({"coin":{"denom":"ucbm","amount":"1"}})"},
                                  sender);
    cambium::tx::v1::TxRaw raw;
    raw.ParseFromString(to_string(sign({"test-1", {*msg}, 3, 10, 20, "hi"}, *key)));
    cambium::tx::v1::TxBody body;
    body.ParseFromString(raw.body());
    const ByteView bytes = as_bytes(raw.body());
    EXPECT_EQ(signing_text(body, bytes), chain::sign_text(body, bytes));
    EXPECT_EQ(body_digest(bytes), chain::sign_digest(bytes));
    const Bytes message = type == crypto::KeyType::ed25519
                              ? to_bytes(body_digest(bytes))
                              : to_bytes(chain::sign_text(body, bytes));
    EXPECT_TRUE(crypto::BasicVerifier().verify(
        {key->public_key(), message, as_bytes(raw.signatures(0).signature())}));
  }
}

TEST(Addresses, OfNodesAreReadOrRefused) {
  EXPECT_EQ(parse_url("http://h:8080/x/")->text(), "http://h:8080/x");
  EXPECT_EQ(parse_url("localhost:80")->host, "localhost");
  EXPECT_EQ(parse_url("https://h").error().code, ErrorCode::unsupported);
  EXPECT_FALSE(parse_url("http://:80"));
  EXPECT_FALSE(parse_url("http://h:port"));
}

TEST(Base64, IsCanonicalBothWays) {
  for (const char* text : {"", "f", "fo", "foo", "foob", "fooba", "foobar"}) {
    const auto back = from_base64(to_base64(as_bytes(text)));
    ASSERT_TRUE(back);
    EXPECT_EQ(to_string(*back), text);
  }
  EXPECT_EQ(to_base64(as_bytes("fooba")), "Zm9vYmE=");
  for (const char* wrong : {"Zg", "Zh==", "Zg==Zg==", "Z!=="}) EXPECT_FALSE(from_base64(wrong));
}

TEST(Events, ArriveWholeHoweverTheBytesAreCut) {
  std::string said;
  EventReader reader([&](const Event& event) {
    said += event.name + "=" + event.data + ";";
    return true;
  });
  const std::string bytes = ": hi\nevent: a\r\ndata: 1\ndata: 2\n\ndata:3\n\nevent: none\n\n";
  for (const char c : bytes) reader.feed(std::string_view(&c, 1));
  EXPECT_EQ(said, "a=1\n2;message=3;");
}

}  // namespace
}  // namespace cambium::client
