#include "engine/cometbft/abci/frames.hpp"

#include <gtest/gtest.h>

namespace cambium::engine::abci {
namespace {

Request echo(const std::string& text) {
  Request out;
  out.mutable_echo()->set_message(text);
  return out;
}

TEST(Frames, ComeOutInOrderHoweverTheBytesAreCut) {
  std::string bytes;
  append_frame(bytes, echo("one"));
  append_frame(bytes, echo(std::string(300, 'x')));  // a length of two bytes
  FrameReader reader;
  std::vector<std::string> heard;
  for (const char byte : bytes) {
    reader.feed({&byte, 1});
    const auto next = reader.next();
    ASSERT_TRUE(next);
    if (*next) heard.push_back((*next)->echo().message());
  }
  EXPECT_EQ(heard, (std::vector<std::string>{"one", std::string(300, 'x')}));
}

TEST(Frames, ALengthBeyondReasonEndsTheConnection) {
  FrameReader reader;
  reader.feed("\xff\xff\xff\xff\xff\x7f");
  EXPECT_FALSE(reader.next());
}

TEST(Frames, BytesThatAreNoRequestEndTheConnection) {
  FrameReader reader;
  reader.feed(std::string("\x02\xff\xff", 3));
  EXPECT_FALSE(reader.next());
}

}  // namespace
}  // namespace cambium::engine::abci
