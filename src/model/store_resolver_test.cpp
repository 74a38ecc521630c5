#include "model/store_resolver.hpp"

#include <gmock/gmock.h>

#include <filesystem>

#include "model/synthetic.hpp"
#include "model/synthetic_payload.hpp"

namespace cambium::model {
namespace {

using testing::HasSubstr;

// B/INF-01: from the ParamIndex to weights in place.
TEST(StoreResolver, LoadsAModelFromTheStoreAndNamesWhatIsMissing) {
  const auto dir = std::filesystem::path(testing::TempDir()) / "store_resolver";
  std::filesystem::remove_all(dir);
  const auto store = store::BlockStore::open(dir).value();
  const Architecture a = tiny_architecture();
  auto names = shared_block_names(a);
  for (auto& name : anchor_expert_names(a)) names.push_back(name);
  PayloadRoots roots;
  for (const std::string& name : names) {
    roots[name] = store->put(synthetic_payload(a, {name, 2}).value()).value();
  }
  const auto weights = ModelWeights::load(a, store_resolver(*store, roots), {}).value();
  EXPECT_TRUE(weights->verify_all());
  EXPECT_EQ(weights->payload("embed")->root(), roots["embed"]);

  ASSERT_TRUE(store->erase(roots["layer1.expert2"]));
  EXPECT_THAT(ModelWeights::load(a, store_resolver(*store, roots), {}).error().message,
              HasSubstr("of layer1.expert2 is not in the store"));
  roots.erase("layer0.router");
  EXPECT_THAT(ModelWeights::load(a, store_resolver(*store, roots), {}).error().message,
              HasSubstr("no block \"layer0.router\""));
  std::filesystem::remove_all(dir);
}

}  // namespace
}  // namespace cambium::model
