#include "model/architecture_codec.hpp"

#include <gmock/gmock.h>

#include "model/expert_name.hpp"

namespace cambium::model {
namespace {

using testing::HasSubstr;

TEST(Architecture, SmallModelIsValidAndSurvivesItsMessage) {
  const Architecture small = small_architecture();
  ASSERT_TRUE(validate(small));
  EXPECT_EQ(architecture_from(to_message(small)).value(), small);
}

TEST(Architecture, RefusalsNameTheNumberAndItsRange) {
  Architecture a = small_architecture();
  a.top_k = 5;
  EXPECT_THAT(validate(a).error().message, HasSubstr("top_k is 5; it must be from 1 to 4"));
  a = small_architecture();
  a.d_model = 100;
  EXPECT_THAT(validate(a).error().message, HasSubstr("multiple of 16"));
  a = small_architecture();
  a.kv_heads = 3;
  EXPECT_THAT(validate(a).error().message, HasSubstr("evenly"));
}

TEST(Architecture, BlocksAreNamedInAFixedOrder) {
  Architecture a = small_architecture();
  a.layers = 1;
  a.experts = 2;
  a.tied = false;
  EXPECT_THAT(shared_block_names(a),
              testing::ElementsAre("embed", "layer0.attention", "layer0.router", "layer0.shared",
                                   "final_norm", "head"));
  EXPECT_THAT(anchor_expert_names(a), testing::ElementsAre("layer0.expert0", "layer0.expert1"));
}

TEST(ExpertName, TextAndNameAreOneToOne) {
  EXPECT_EQ(to_text({3, 12}), "layer3.expert12");
  EXPECT_EQ(parse_expert_name("layer3.expert12").value(), (ExpertName{3, 12}));
  for (const char* bad : {"", "layer3", "layer03.expert1", "layer3.expert", "layer-1.expert2",
                          "layer3.expert12 ", "layer3.expert99999999999", "Layer3.expert1"}) {
    EXPECT_FALSE(parse_expert_name(bad)) << bad;
  }
}

}  // namespace
}  // namespace cambium::model
