#include "chain/modules/datasets/datasets.hpp"

#include <gtest/gtest.h>

#include "base/amount.hpp"
#include "chain/modules/testing/expert_story.hpp"

namespace cambium::chain::datasets {
namespace {

using namespace testing;

class Datasets : public ::testing::Test, protected ExpertStory {
 protected:
  pb::Register good() {
    pb::Register offer;
    offer.set_id("handbook");
    offer.set_version("12");
    offer.set_licence("CC-BY-SA-3.0 OR GPL-2.0-or-later");
    offer.set_size_bytes(1'000);
    offer.set_samples(10);
    offer.set_merkle_root(digest("samples"));
    return offer;
  }
};

TEST_F(Datasets, AreRegisteredOnceWithLicenceAndCommitment) {
  on(utility, step(contributor, good()));
  on(utility, step(trainer, good()), fails(dataset_exists));
  EXPECT_FALSE(approved(utility.read(), "handbook@12")) << "nobody has approved it";
  const auto bad = [&](auto change) {
    auto offer = good();
    change(offer);
    on(utility, step(contributor, offer), fails(bad_dataset));
  };
  bad([](auto& d) { d.set_id("Hand Book"); });
  bad([](auto& d) { d.clear_licence(); });
  bad([](auto& d) { d.set_merkle_root("short"); });
  bad([](auto& d) { d.add_sample_hashes("short"); });
}

TEST_F(Datasets, AreDecidedOnceByAnAuthority) {
  pb::Reject reject;
  reject.set_id("handbook");
  reject.set_version("12");
  reject.set_reason("the licence is not the text's own");
  on(utility, step(owner, reject), fails(dataset_not_found));
  on(utility, step(contributor, good()));
  on(utility, step(trainer, reject), fails(not_authorised));
  on(utility, step(owner, reject));
  on(utility, step(owner, reject), fails(dataset_decided));
}

TEST_F(Datasets, AComputeChainRefusesLineageOfUnknownData) {
  open_model();
  auto mine = offer(trainer, lease(trainer, 0), "mine");
  mine.datasets = {"handbook@12"};
  reveal(trainer, commit(trainer, mine), mine, fails(dataset_not_approved));
}

TEST(Score, IsWeightedAndNeverAboveOne_B_ECON_09) {
  pb::Scores scores;
  EXPECT_EQ(score_nano(scores), kNano / 10);
  scores.set_quality_nano(kNano);
  scores.set_diversity_nano(kNano);
  scores.set_usefulness_nano(kNano);
  EXPECT_EQ(score_nano(scores), kNano);
  scores.set_toxicity_nano(kNano);
  EXPECT_EQ(score_nano(scores), kNano / 10 * 9);
}

}  // namespace
}  // namespace cambium::chain::datasets
