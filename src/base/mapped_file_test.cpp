#include "base/mapped_file.hpp"

#include <gtest/gtest.h>

#include <fstream>

namespace cambium {
namespace {

std::filesystem::path file_with(std::string_view text) {
  const auto path = std::filesystem::path(testing::TempDir()) / "mapped_file_test";
  std::ofstream(path, std::ios::binary) << text;
  return path;
}

TEST(MappedFile, ShowsTheBytes) {
  EXPECT_EQ(as_chars(MappedFile::open(file_with("weights")).value().bytes()), "weights");
}

TEST(MappedFile, AnEmptyFileIsEmpty) {
  EXPECT_TRUE(MappedFile::open(file_with("")).value().bytes().empty());
}

TEST(MappedFile, AMissingFileIsASentence) {
  const auto opened = MappedFile::open("/nowhere/at/all");
  ASSERT_FALSE(opened);
  EXPECT_EQ(opened.error().code, ErrorCode::not_found);
  EXPECT_NE(opened.error().message.find("/nowhere/at/all"), std::string::npos);
}

TEST(MappedFile, OnlyTouchedPagesAreCounted) {
  constexpr std::size_t kPages = 4096;
  const auto file = MappedFile::open(file_with(std::string(kPages * 4096, 'x'))).value();
  EXPECT_EQ(resident_pages(file.bytes()).value(), 0u);
  const volatile auto touched = file.bytes()[5000];
  (void)touched;
  const auto pages = resident_pages(file.bytes()).value();
  EXPECT_GE(pages, 1u);
  EXPECT_LE(pages, 512u);  // fault-around maps neighbours, or one huge page
}

}  // namespace
}  // namespace cambium
