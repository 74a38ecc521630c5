#include "chain/modules/models/models.hpp"

#include <gtest/gtest.h>

#include "chain/modules/testing/expert_story.hpp"
#include "chain/query.hpp"

namespace cambium::chain::models {
namespace {

using namespace testing;

class Models : public ::testing::Test, protected ExpertStory {
 protected:
  Models() { open_model(); }
};

TEST_F(Models, TheIndexRootIsOverTheSortedIndex_B_CORE_09) {
  const auto entries = index_entries(compute.read(), "nano");
  ASSERT_EQ(entries.size(), 4u);
  EXPECT_EQ(entries[3].name(), "layer1.expert1");
  EXPECT_EQ(to_field(index_root(entries)), model().index_root());
  EXPECT_EQ(model().anchor_experts(), 4u);
  EXPECT_EQ(model().blocks(), 4u);
}

TEST_F(Models, OnlyAnAuthorityOpensAModelAndOnlyItsOwnerExtendsIt) {
  pb::PublishAnchor anchor;
  anchor.set_model("nano");
  auto header = expert(trainer, "layer0.expert1", "foreign");
  header.clear_base_head();
  anchor.add_headers(to_string(ByteView(schema::encode(header))));
  on(compute, step(trainer, anchor), fails(not_model_owner));
  anchor.set_model("other");
  header.set_model("other");
  anchor.set_headers(0, to_string(ByteView(schema::encode(header))));
  on(compute, step(trainer, anchor), fails(model_not_found));
}

TEST_F(Models, AnchorBlocksMustBeNewAndInsideTheArchitecture_B_CORE_14) {
  const auto publish = [&](const std::string& name, Expect expect) {
    auto header = expert(owner, name, "more");
    header.clear_base_head();
    pb::PublishAnchor anchor;
    anchor.set_model("nano");
    anchor.add_headers(to_string(ByteView(schema::encode(header))));
    on(compute, step(owner, anchor), expect);
  };
  publish("layer0.expert0", fails(name_taken));
  publish("layer0.expert2", fails(outside_architecture));
  publish("layer5.expert0", fails(outside_architecture));
}

TEST_F(Models, SlotsStartAboveTheAnchorAndRunOut) {
  EXPECT_EQ(lease(trainer, 0), "layer0.expert2");
  EXPECT_EQ(lease(owner, 0), "layer0.expert3");
  pb::LeaseSlot third;
  third.set_model("nano");
  on(compute, step(trainer, third), fails(no_free_slot));
  third.set_layer(7);
  on(compute, step(trainer, third), fails(outside_architecture));
}

TEST_F(Models, QueriesAnswerWithTheKeyThatProvesThem) {
  const auto answer = ask(compute.registry(), compute.state(), compute.environment(),
                          {"models", "model"}, R"({"model":"nano"})");
  ASSERT_TRUE(answer) << answer.error().message;
  EXPECT_EQ(answer->key, kModels.key({"nano"}));
  EXPECT_NE(answer->json.find("index"), std::string::npos);
  EXPECT_TRUE(ask(compute.registry(), compute.state(), compute.environment(),
                  {"models", "blocks"}, R"({"model":"nano"})"));
}

}  // namespace
}  // namespace cambium::chain::models
