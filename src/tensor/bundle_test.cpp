#include "tensor/bundle.hpp"

#include <gtest/gtest.h>

#include <fstream>

#include "base/random.hpp"
#include "tensor/convert.hpp"
#include "tensor/mapped_bundle.hpp"

namespace cambium::tensor {
namespace {

std::vector<float> random_floats(std::uint64_t count) {
  SeededRandom random(count);
  std::vector<float> values(count);
  for (auto& value : values) value = static_cast<float>(random.unit() - 0.5);
  return values;
}

/// An expert of the main job's shape: gate, up, down, row, bias.
struct Expert {
  std::uint64_t inner;
  std::uint64_t hidden;
  std::vector<float> wide = random_floats(inner * hidden);

  Bytes content() const {
    BundleWriter writer;
    EXPECT_TRUE(writer.add("gate", float_view(wide, {inner, hidden})));
    EXPECT_TRUE(writer.add("up", float_view(wide, {inner, hidden})));
    EXPECT_TRUE(writer.add("down", float_view(wide, {hidden, inner})));
    EXPECT_TRUE(writer.add("row", float_view(std::span(wide).first(hidden), {1, hidden})));
    EXPECT_TRUE(writer.add("bias", float_view(std::span(wide).first(1), {1, 1})));
    return writer.finish().value();
  }
};

const Expert kSmall{256, 128};
const Expert kLarge{1024, 512};  // 2 MiB a matrix
const Expert kHuge{4096, 512};   // 8 MiB a matrix

std::filesystem::path temp(std::string_view name) {
  return std::filesystem::path(testing::TempDir()) / name;
}

TEST(Bundle, FindsEveryTensorInPlace) {
  const auto content = kSmall.content();
  const auto bundle = Bundle::parse(content).value();
  EXPECT_EQ(bundle.entries().size(), 5u);
  EXPECT_EQ(bundle.find("down")->shape(), (Shape{128, 256}));
  EXPECT_EQ(bundle.find("up")->at(3, 4), kSmall.wide[3 * 128 + 4]);
  const auto* at = reinterpret_cast<const std::uint8_t*>(bundle.find("gate")->data.data());
  EXPECT_TRUE(at > content.data() && at < content.data() + content.size());
}

TEST(Bundle, AMissingTensorIsNamedWithThoseThereAre) {
  const auto content = kSmall.content();
  const auto missing = Bundle::parse(content)->find("wate");
  ASSERT_FALSE(missing);
  EXPECT_NE(missing.error().message.find("gate, up, down, row, bias"), std::string::npos);
}

TEST(Bundle, TheSameTensorsGiveTheSameBytes) {
  EXPECT_EQ(kSmall.content(), kSmall.content());
}

TEST(Bundle, EveryTruncationIsRefused) {
  const auto content = Expert{8, 4}.content();
  for (std::size_t size = 0; size < content.size(); ++size) {
    EXPECT_FALSE(Bundle::parse(ByteView(content).first(size)));
  }
}

TEST(Bundle, HeaderAndTableHaveNoIgnoredBit) {
  auto content = Expert{8, 4}.content();
  for (std::size_t bit = 0; bit < (kBundleHeaderBytes + 5 * kBundleEntryBytes) * 8; ++bit) {
    content[bit / 8] ^= 1 << (bit % 8);
    const auto parsed = Bundle::parse(content);
    // Only a name may change into another valid name; the payload's tree finds that.
    if (parsed) {
      EXPECT_LT((bit / 8 - kBundleHeaderBytes) % kBundleEntryBytes, kTensorNameBytes);
    }
    content[bit / 8] ^= 1 << (bit % 8);
  }
}

TEST(BundleWriter, RefusesBadAndRepeatedNames) {
  BundleWriter writer;
  const auto view = float_view(kSmall.wide, {256, 128});
  EXPECT_FALSE(writer.add("", view));
  EXPECT_FALSE(writer.add("Gate", view));
  EXPECT_FALSE(writer.add(std::string(41, 'a'), view));
  EXPECT_TRUE(writer.add(std::string(40, 'a'), view));
  EXPECT_EQ(writer.add(std::string(40, 'a'), view).error().code, ErrorCode::already_exists);
}

TEST(MappedBundle, LazyVerificationTouchesWhatIsAskedFor) {  // B/FMT-05
  const auto path = temp("lazy.payload");
  const auto root = write_payload_file(path, kLarge.content()).value();
  const auto bundle = MappedBundle::open(path, root, Verify::lazy).value();
  EXPECT_EQ(bundle->verifier().verified_subtrees(), 1u);  // the table's
  ASSERT_TRUE(bundle->tensor("down"));
  EXPECT_LE(bundle->verifier().verified_subtrees(), 10u);  // 2 MiB and its edges, of 6
}

TEST(MappedBundle, WithoutVerificationNoWeightIsTouched) {  // B/FMT-05
  const auto path = temp("none.payload");
  const auto root = write_payload_file(path, kHuge.content()).value();
  const auto bundle = MappedBundle::open(path, root, Verify::none).value();
  const auto view = bundle->tensor("up").value();
  // The kernel maps at most 2 MiB around the headers at both ends; between them lies nothing.
  const auto middle = view.data.subspan(3 << 20, 2 << 20);
  const ByteView range(reinterpret_cast<const std::uint8_t*>(middle.data()), middle.size());
  EXPECT_EQ(resident_pages(range).value(), 0u);
  EXPECT_LT(bundle->touched_pages().value(), 8 * 512u);  // of 24 MiB
}

TEST(MappedBundle, UsingEveryWeightAddsNoPrivateMemory) {  // B/FMT-06: overhead 0x
  const auto path = temp("resident.payload");
  const auto root = write_payload_file(path, kHuge.content()).value();
  const auto before = private_resident_bytes().value();
  const auto bundle = MappedBundle::open(path, root, Verify::eager).value();
  float sum = 0;
  for (const auto* name : {"gate", "up", "down"}) {
    const auto view = bundle->tensor(name).value();
    for (const auto value : view.floats()) sum += value;
  }
  EXPECT_NE(sum, 0);
  const auto grown = private_resident_bytes().value() - before;
  EXPECT_LT(grown, 256 * 1024u) << "24 MiB of weights were used";
}

TEST(MappedBundle, AFlippedWeightIsFoundWhenItsTensorIsAskedFor) {
  const auto path = temp("flipped.payload");
  const auto root = write_payload_file(path, kLarge.content()).value();
  {
    std::fstream file(path, std::ios::in | std::ios::out | std::ios::binary);
    file.seekg(5 << 20);
    const auto byte = static_cast<char>(file.get() ^ 1);
    file.seekp(5 << 20);
    file.put(byte);
  }
  const auto bundle = MappedBundle::open(path, root, Verify::lazy).value();
  EXPECT_TRUE(bundle->tensor("gate"));
  const auto damaged = bundle->tensor("down");
  ASSERT_FALSE(damaged);
  EXPECT_NE(damaged.error().message.find("damaged within bytes"), std::string::npos);
  EXPECT_FALSE(MappedBundle::open(path, root, Verify::eager));
}

TEST(MappedBundle, AnnouncingFilesOfAnyKindIsHarmless) {
  const auto path = temp("announced.payload");
  const auto root = write_payload_file(path, kSmall.content()).value();
  std::ofstream(temp("short.payload")) << "CBUNDLE1";
  std::ofstream(temp("lying.payload")) << std::string("CBUNDLE1") + std::string(64, '\xff');
  const std::vector<std::filesystem::path> paths{path, "/nowhere/at/all", temp("short.payload"),
                                                 temp("lying.payload")};
  MappedBundle::announce(paths);
  EXPECT_TRUE(MappedBundle::open(path, root, Verify::eager));
}

TEST(MappedBundle, RefusesAnotherPayload) {
  const auto path = temp("other.payload");
  ASSERT_TRUE(write_payload_file(path, kSmall.content()));
  EXPECT_EQ(MappedBundle::open(path, Hash{}, Verify::none).error().code, ErrorCode::corrupt);
}

}  // namespace
}  // namespace cambium::tensor
