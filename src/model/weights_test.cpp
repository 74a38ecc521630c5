#include "model/weights.hpp"

#include <fcntl.h>
#include <gmock/gmock.h>
#include <unistd.h>

#include <filesystem>

#include "model/eval_kernel.hpp"
#include "model/generator.hpp"
#include "model/synthetic.hpp"
#include "model/synthetic_payload.hpp"
#include "tensor/mapped_bundle.hpp"

namespace cambium::model {
namespace {

using testing::HasSubstr;

// A cached file comes back in pieces as large as it was written in, whole megabytes at a touch.
void forget_cached_pages(const std::filesystem::path& path) {
  const int fd = ::open(path.c_str(), O_RDONLY | O_CLOEXEC);
  ::posix_fadvise(fd, 0, 0, POSIX_FADV_DONTNEED);
  ::close(fd);
}

// Payload files of one model, removed at the end.
class MappedModel : public testing::Test {
 protected:
  void SetUp() override {
    dir_ = std::filesystem::path(testing::TempDir()) /
           testing::UnitTest::GetInstance()->current_test_info()->name();
    std::filesystem::create_directories(dir_);
  }
  void TearDown() override { std::filesystem::remove_all(dir_); }

  PayloadResolver resolver(const Architecture& a) {
    return [this, a](std::string_view name) -> Result<SharedPayload> {
      TRY(const Bytes content, synthetic_payload(a, {name, 3}));
      const auto path = dir_ / name;
      TRY(const Hash root, tensor::write_payload_file(path, content));
      forget_cached_pages(path);
      TRY(auto bundle, tensor::MappedBundle::open(path, root, tensor::Verify::none));
      return PayloadBundle::mapped(std::move(bundle));
    };
  }

  std::filesystem::path dir_;
};

// Experts of 3 MiB, so that what the kernel reads around a touched page tells nothing of the rest.
Architecture big_experts() {
  Architecture a = tiny_architecture();
  a.d_model = 256;
  a.ffn_dim = 1024;
  a.layers = 1;
  a.experts = 8;
  a.top_k = 1;
  return a;
}

// B/INF-01, must-show: only the experts that the router selects are ever touched.
TEST_F(MappedModel, OnlySelectedExpertsBecomeResident) {
  const auto weights = ModelWeights::load(big_experts(), resolver(big_experts()), {}).value();
  GenerateRequest request;
  request.prompt = {5};
  request.max_tokens = 1;
  const CancelToken never;
  const SystemClock clock;
  const auto used = generate(*weights, request, {{}, never, clock}).value().usage;
  ASSERT_EQ(used.size(), 1U);
  for (std::uint32_t e = 0; e < 8; ++e) {
    const ResidentPages pages = weights->resident(to_text({0, e})).value();
    if (used.contains({0, e})) {
      EXPECT_GE(pages.touched, pages.total) << "used: all of it, and its index";
    } else {
      EXPECT_LE(pages.touched, pages.total / 2) << "its headers and what was read around them";
    }
  }
}

TEST_F(MappedModel, LossesFromMappedBlocksAreThoseOfMemory) {
  const Architecture a = tiny_architecture();
  const auto weights = ModelWeights::load(a, resolver(a), {}).value();
  const SyntheticModel memory(a, 3);
  const auto tokens = synthetic_tokens({1, a.vocab}, 20);
  EXPECT_EQ(sequence_losses(weights->view(), tokens)->nats,
            sequence_losses(memory.view(), tokens)->nats);
}

TEST_F(MappedModel, ADamagedExpertIsFoundAtItsFirstUse) {
  const Architecture a = tiny_architecture();
  const auto weights = ModelWeights::load(a, resolver(a), {}).value();
  EXPECT_TRUE(weights->verify_all());
  const auto path = dir_ / "layer0.expert1";
  FILE* file = std::fopen(path.c_str(), "r+b");
  ASSERT_NE(file, nullptr);
  std::fseek(file, 5000, SEEK_SET);
  std::fputc('?', file);
  std::fclose(file);
  const auto again = ModelWeights::load(
      a,
      [&](std::string_view name) -> Result<SharedPayload> {
        const Hash root = weights->payload(name)->root();
        TRY(auto bundle, tensor::MappedBundle::open(dir_ / name, root, tensor::Verify::none));
        return PayloadBundle::mapped(std::move(bundle));
      },
      {});
  const auto status = (*again)->ensure_verified("layer0.expert1");
  ASSERT_FALSE(status);
  EXPECT_THAT(status.error().message, HasSubstr("layer0.expert1"));
  EXPECT_TRUE((*again)->ensure_verified("layer0.expert0"));
}

SharedPayload contributed(const Architecture& a, std::string_view name) {
  return PayloadBundle::in_memory(synthetic_payload(a, {name, 9}).value()).value();
}

TEST(Weights, SwappingMakesANewSnapshotAndKeepsTheOld) {
  const Architecture a = tiny_architecture();
  const auto old = synthetic_weights(a, 1).value();
  const auto grown = old->with_expert({1, 5}, contributed(a, "layer1.expert5")).value();
  EXPECT_TRUE(old->contributed().empty());
  EXPECT_THAT(grown->contributed(), testing::ElementsAre(ExpertName{1, 5}));
  EXPECT_EQ(grown->payload("embed"), old->payload("embed")) << "shared, not copied";
  const auto tokens = synthetic_tokens({1, a.vocab}, 20);
  const auto nats = [&](const SharedWeights& w) {
    return sequence_losses(w->view(), tokens)->nats;
  };
  EXPECT_NE(nats(grown), nats(old));
  EXPECT_EQ(nats(grown->without({1, 5}).value()), nats(old));
}

TEST(Weights, ContributedExpertsStandInSlotOrder) {
  const Architecture a = tiny_architecture();
  auto weights = synthetic_weights(a, 1).value();
  for (const std::uint32_t slot : {11U, 4U, 7U}) {
    const ExpertName name{0, slot};
    weights = weights->with_expert(name, contributed(a, to_text(name))).value();
  }
  EXPECT_THAT(weights->contributed(), testing::ElementsAre(ExpertName{0, 4}, ExpertName{0, 7},
                                                           ExpertName{0, 11}));
}

TEST(Weights, RefusalsSayWhatIsWrong) {
  const Architecture a = tiny_architecture();
  const auto weights = synthetic_weights(a, 1).value();
  const auto payload = contributed(a, "layer0.expert4");
  EXPECT_THAT(weights->with_expert({0, 1}, payload).error().message, HasSubstr("frozen"));
  EXPECT_THAT(weights->with_expert({7, 4}, payload).error().message, HasSubstr("no block"));
  EXPECT_THAT(weights->without({0, 4}).error().message, HasSubstr("no contributed expert"));
  Architecture wide = a;
  wide.ffn_dim = 64;
  const auto other = contributed(wide, "layer0.expert4");
  EXPECT_THAT(weights->with_expert({0, 4}, other).error().message,
              HasSubstr("\"gate\" of layer0.expert4 is 64 x 32 where the model has 48 x 32"));
}

}  // namespace
}  // namespace cambium::model
