// B/API-09: what a joining node asks before it takes over a snapshot.
#include "gateway/json.hpp"
#include "gateway/routes/state_sync/sync_json.hpp"
#include "gateway/test_world.hpp"

namespace cambium::gateway {
namespace {

class StateSyncRoutes : public GatewayWorld {
 protected:
  StateSyncRoutes() { start(); }
};

TEST_F(StateSyncRoutes, WithoutASnapshotThereIsStillABlockToTrust) {
  const auto answer = get("/consensus/state_sync/latest_checkpoint").json();
  EXPECT_EQ(answer["chain_id"], "cambium-utility-1");
  EXPECT_TRUE(answer["snapshot"].is_null());
  const auto trust = answer["trust"];
  EXPECT_EQ(trust["trust"], fmt::format("{}:{}", trust["height"].get<std::uint64_t>(),
                                        trust["hash"].get<std::string>()));
  EXPECT_TRUE(get("/consensus/state_sync/snapshots?chain=compute-0").json()["items"].empty());
}

TEST_F(StateSyncRoutes, ProvidersAndAPlanToJoin) {
  EXPECT_EQ(get("/consensus/state_sync/providers").json()["engine"], "embedded");
  const auto plan = post("/consensus/state_sync/fast_sync", R"({"height":1})").json();
  EXPECT_NE(plan["command"].get<std::string>().find("--trust 1:"), std::string::npos);
  const auto wrong = post("/consensus/state_sync/fast_sync", R"({"height":1,"hash":"00"})");
  EXPECT_EQ(wrong.status, 403) << wrong.body;
}

}  // namespace
}  // namespace cambium::gateway
