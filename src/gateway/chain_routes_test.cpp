// The chains as the explorer and light clients see them.
#include "gateway/json.hpp"
#include "gateway/test_world.hpp"

namespace cambium::gateway {
namespace {

class ChainRoutes : public GatewayWorld {
 protected:
  ChainRoutes() { start(); }
};

TEST_F(ChainRoutes, HealthReadinessAndGenesisAreTold) {
  const auto health = get("/health").json();
  EXPECT_EQ(health["status"], "ok");
  ASSERT_EQ(health["chains"].size(), 2U);
  EXPECT_EQ(get("/genesis/hash").json()["genesis_hash"].get<std::string>().size(), 64U);
  const auto ready = get("/ready");  // the chain has no model yet
  EXPECT_EQ(ready.status, 503);
  EXPECT_FALSE(ready.json()["waiting_for"].empty());
  EXPECT_NE(get("/metrics").body.find("# TYPE"), std::string::npos);
}

TEST_F(ChainRoutes, TheApiDescribesItself) {
  const auto api = get("/openapi.json").json();
  EXPECT_EQ(api["openapi"], "3.1.0");
  for (const auto* path : {"/chat", "/models/{id}", "/chain/{id}/txs", "/v1/chat/completions"}) {
    EXPECT_TRUE(api["paths"].contains(path)) << path;
  }
  EXPECT_NE(get("/docs").body.find("/chain/{id}/state/{key}"), std::string::npos);
}

TEST_F(ChainRoutes, BlocksAndStatusAgree) {
  const auto status = get("/chain/utility/status").json();
  const auto blocks = get("/chain/utility/blocks?limit=5").json();
  ASSERT_FALSE(blocks["items"].empty());
  EXPECT_GE(status["height"], blocks["items"][0]["height"]);
  const auto height = blocks["items"][0]["height"].get<std::uint64_t>();
  const auto block = get(fmt::format("/chain/utility/blocks/{}", height)).json();
  EXPECT_EQ(block["header"]["height"], height);
  EXPECT_EQ(block["header"]["chain_id"], "cambium-utility-1");
}

// The chain's own words for a refusal: what is wrong and what to do.
TEST_F(ChainRoutes, ATransactionThatIsNoneIsRefusedWithAdvice) {
  const auto refused = post("/chain/utility/txs", R"({"tx":"AAAA"})").json();
  EXPECT_EQ(refused["status_name"], "undecodable");
  EXPECT_FALSE(refused["advice"].get<std::string>().empty());
}

// The parts that the browser checks by its own code: they must fit each other.
TEST_F(ChainRoutes, AStateEntryComesWithItsSignedHeader) {
  const auto key = to_hex(Bytes{0xff, 0xee});
  const auto proven = get("/chain/compute-0/state/" + key).json();
  EXPECT_TRUE(proven["value"].is_null());
  EXPECT_FALSE(proven["proof"]["ics23"].get<std::string>().empty());
  EXPECT_EQ(proven["header"]["state_root"], proven["state_root"]);
  EXPECT_EQ(from_base64(proven["signature"].get<std::string>())->size(), 64U);
}

TEST_F(ChainRoutes, TheStreamOfARunStartsWithWhatIsKnown) {
  const auto made = post("/train/runs", R"({"kind":"expert","title":"mine","steps":10})").json();
  const auto id = made["id"].get<std::string>();
  EXPECT_EQ(post("/train/runs/" + id + "/progress", R"({"step":4,"loss":2.5})").status, 200);
  const auto run = get("/train/runs/" + id).json();
  EXPECT_EQ(run["step"], 4);
  EXPECT_EQ(run["points"][0][1], 2.5);
  EXPECT_EQ(get("/train/runs").json()["items"].size(), 1U);
}

}  // namespace
}  // namespace cambium::gateway
