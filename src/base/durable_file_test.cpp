#include "base/durable_file.hpp"

#include <gtest/gtest.h>

#include <fstream>
#include <iterator>

namespace cambium {
namespace {

std::filesystem::path fresh_folder() {
  auto folder = std::filesystem::path(testing::TempDir()) / "durable_file_test";
  std::filesystem::remove_all(folder);
  std::filesystem::create_directories(folder);
  return folder;
}

std::string text_of(const std::filesystem::path& path) {
  std::ifstream in(path, std::ios::binary);
  return {std::istreambuf_iterator<char>(in), {}};
}

TEST(WriteDurably, ReplacesTheWholeFile) {
  const auto path = fresh_folder() / "state";
  ASSERT_TRUE(write_durably(path, {as_bytes("a long first version")}));
  ASSERT_TRUE(write_durably(path, {as_bytes("sec"), as_bytes("ond")}));
  EXPECT_EQ(text_of(path), "second");
}

TEST(WriteDurably, IgnoresWhatACrashLeft) {
  const auto path = fresh_folder() / "state";
  std::ofstream(path.string() + ".new") << "half";
  ASSERT_TRUE(write_durably(path, {as_bytes("whole")}));
  EXPECT_EQ(text_of(path), "whole");
}

TEST(WriteDurably, AMissingFolderIsASentence) {
  const auto done = write_durably("/nowhere/at/all", {});
  ASSERT_FALSE(done);
  EXPECT_NE(done.error().message.find("make the folder first"), std::string::npos);
}

TEST(OutputFile, AFullDiskIsASentence) {
  errno = ENOSPC;
  const auto error = io_error("write", "/store/x");
  EXPECT_EQ(error.code, ErrorCode::io);
  EXPECT_NE(error.message.find("free space on the disk"), std::string::npos);
}

}  // namespace
}  // namespace cambium
