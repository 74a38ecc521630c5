// Verbs that send messages: what a person types and the message that comes of it (B/API-10,
// H/GO-01, H/GO-02). Nothing here asks a node: `--message-for` prints instead of sending.
#include <fmt/format.h>
#include <gtest/gtest.h>
#include <unistd.h>

#include <filesystem>

#include "cli/message/lines.hpp"
#include "cli/message/units.hpp"
#include "cli/testing.hpp"

namespace cambium::cli {
namespace {

constexpr std::int64_t kDayMs = 86'400'000;

class Messages : public ::testing::Test {
 protected:
  Messages()
      : home_(std::filesystem::temp_directory_path() / fmt::format("cli_msg.{}", ::getpid())) {
    std::filesystem::remove_all(home_);
    alice_ = Json::parse(at_home({"key", "make", "alice", "--json"}).out)["address"];
    bob_ = Json::parse(at_home({"key", "make", "bob", "--json"}).out)["address"];
  }
  ~Messages() override { std::filesystem::remove_all(home_); }

  Outcome at_home(std::vector<std::string> words) const {
    words.insert(words.end(), {"--home", home_.string(), "--node", "http://127.0.0.1:1"});
    return call(words);
  }
  /// The message as alice would send it.
  Json made(std::vector<std::string> words) const {
    words.insert(words.end(), {"--message-for", "alice", "--json"});
    const auto outcome = at_home(words);
    EXPECT_EQ(outcome.code, kDone) << outcome.err;
    return Json::parse(outcome.out, nullptr, false);
  }
  void expect_refused(std::vector<std::string> words, const std::string& why) const {
    words.insert(words.end(), {"--message-for", "alice"});
    const auto outcome = at_home(words);
    EXPECT_NE(outcome.code, kDone);
    EXPECT_NE(outcome.err.find(why), std::string::npos) << outcome.err;
  }

  std::filesystem::path home_;
  std::string alice_;
  std::string bob_;
};

TEST(Units, TimesAreSpansMomentsAndDates) {
  const ManualClock clock({1'000});
  EXPECT_EQ(*parse_time_ms("21d", clock), 21 * kDayMs);
  EXPECT_EQ(*parse_time_ms("2h30m", clock), 9'000'000);
  EXPECT_EQ(*parse_time_ms("90s", clock), 90'000);
  EXPECT_EQ(*parse_time_ms("250ms", clock), 250);
  EXPECT_EQ(*parse_time_ms("5000", clock), 5'000);
  EXPECT_EQ(*parse_time_ms("+3d", clock), 1'000 + 3 * kDayMs);
  EXPECT_EQ(*parse_time_ms("1970-01-02", clock), kDayMs);
  EXPECT_EQ(*parse_time_ms("2026-12-24T18:30Z", clock), 1'798'137'000'000);
  for (const char* wrong : {"", "d", "3x", "3d4", "-1d", "2026-13-01", "2026-02-30",
                            "2026-12-24T25:00", "2026-12-24X", "99999999999999999d"}) {
    EXPECT_FALSE(parse_time_ms(wrong, clock)) << wrong;
  }
}

TEST(Units, SharesAreExact) {
  EXPECT_EQ(*parse_share_nano("5%"), 50'000'000U);
  EXPECT_EQ(*parse_share_nano("33.4%"), 334'000'000U);
  EXPECT_EQ(*parse_share_nano("0.05"), 50'000'000U);
  EXPECT_EQ(*parse_share_nano("0.000000001"), 1U);
  for (const char* wrong : {"", "%", "5.%", "x", "-5%", "0.0000000001", "0.00000001%"}) {
    EXPECT_FALSE(parse_share_nano(wrong)) << wrong;
  }
}

TEST(Lines, AreSplitAsAShellSplitsThem) {
  using Words = std::vector<std::string>;
  EXPECT_EQ(*split_line("tx send alice 5"), (Words{"tx", "send", "alice", "5"}));
  EXPECT_EQ(*split_line("  a 'b c'  \"d 'e'\" '' "), (Words{"a", "b c", "d 'e'", ""}));
  EXPECT_FALSE(split_line("a 'b"));
}

TEST_F(Messages, FieldsAreWordsWithTheirUnits) {
  const auto msg = made({"stake", "delegate", "bob", "2.5"});
  EXPECT_EQ(msg["type"], "staking.Delegate");
  EXPECT_EQ(msg["fields"]["sender"], alice_);
  EXPECT_EQ(msg["fields"]["validator"], bob_);
  EXPECT_EQ(msg["fields"]["amount_ucbm"], "2500000");
  expect_refused({"stake", "delegate", "bob", "2,5"}, "is no amount");
  expect_refused({"stake", "delegate", "nobody", "2"}, "127.0.0.1:1");
}

TEST_F(Messages, AnythingElseIsAnOption) {
  const auto msg = made({"account", "grant", "bob", "bank.Send", "--spend-limit", "10",
                         "--expires", "2026-12-24"});
  EXPECT_EQ(msg["fields"]["spend_limit_ucbm"], "10000000");
  EXPECT_EQ(msg["fields"]["expires_ms"], "1798070400000");
  EXPECT_EQ(made({"gov", "vote", "3", "veto"})["fields"]["choice"], "CHOICE_VETO");
  expect_refused({"gov", "vote", "3", "maybe"}, "yes, no, abstain, veto");
}

TEST_F(Messages, ListsOfAccountsComeInTheChainsOrder) {
  const auto group = made({"group", "create", "two", "bob:2:treasurer", "alice:1", "--threshold",
                           "2", "--voting-window", "7d"});
  const auto& members = group["fields"]["members"];
  ASSERT_EQ(members.size(), 2U);
  const auto& bob = members[0]["account"] == bob_ ? members[0] : members[1];
  EXPECT_EQ(bob["weight"], "2");
  EXPECT_EQ(bob["note"], "treasurer");
  EXPECT_EQ(group["fields"]["policy"]["voting_window_ms"], std::to_string(7 * kDayMs));
  const auto other = made({"group", "create", "two", "alice:1", "bob:2:treasurer", "--threshold",
                           "2", "--voting-window", "7d"});
  EXPECT_EQ(other["message"], group["message"]) << "in whatever order they were typed";
}

TEST_F(Messages, AProposalStoresWhatAVerbWouldSend) {
  const auto inner = at_home({"treasury", "pay", "bob", "100", "--purpose", "an audit",
                              "--message-for", "governance"});
  ASSERT_EQ(inner.code, kDone) << inner.err;
  const auto msg = made({"gov", "propose", "Pay", "--deposit", "500", "--do",
                         "treasury pay bob 100 --purpose 'an audit'"});
  EXPECT_EQ(msg["fields"]["track"], "TRACK_STAKE");
  EXPECT_EQ(msg["fields"]["deposit_ucbm"], "500000000");
  EXPECT_EQ(msg["fields"]["actions"][0]["message"].get<std::string>() + "\n", inner.out);
}

TEST_F(Messages, ParametersAreWrittenInTheUnitsOfTheirModule) {
  const auto msg = made({"gov", "propose", "P", "--deposit", "1", "--do",
                         "param staking.unbonding 14d", "--do", "param slashing double_sign 7.5%",
                         "--do", "param staking.max_validators 150"});
  const auto& actions = msg["fields"]["actions"];
  EXPECT_EQ(actions[0]["param"]["field"], "unbonding_ms");
  EXPECT_EQ(actions[0]["param"]["value_json"], "\"1209600000\"");
  EXPECT_EQ(actions[1]["param"]["value_json"], "\"75000000\"");
  EXPECT_EQ(actions[2]["param"]["value_json"], "150");
  expect_refused({"gov", "propose", "P", "--deposit", "1", "--do", "param staking.max_validator 1"},
                 "did you mean `max_validators`?");
  expect_refused({"gov", "propose", "P", "--deposit", "1", "--do", "param weather.rain 1"},
                 "no module `weather`");
}

TEST_F(Messages, EmergenciesFindTheirElectorate) {
  const auto msg = made({"gov", "emergency", "Stop", "--do",
                         "pause bank.Send staking.Delegate --duration 2h"});
  EXPECT_EQ(msg["fields"]["track"], "TRACK_SECURITY");
  EXPECT_EQ(msg["fields"]["deposit_ucbm"], "0");
  EXPECT_EQ(msg["fields"]["actions"][0]["pause"]["messages"].size(), 2U);
  EXPECT_EQ(msg["fields"]["actions"][0]["pause"]["duration_ms"], "7200000");
  const auto mint = made({"gov", "emergency", "Mint", "--do", "emergency-mint bob 5"});
  EXPECT_EQ(mint["fields"]["track"], "TRACK_ECONOMIC");
  expect_refused({"gov", "emergency", "Pay", "--deposit", "1", "--do", "tx send bob 1"},
                 "has no option");
  expect_refused({"gov", "propose", "Both", "--deposit", "1", "--do", "pause", "--do",
                  "tx send bob 1"}, "make it several proposals");
}

TEST_F(Messages, OnlyVerbsThatSendCanBeStored) {
  expect_refused({"gov", "propose", "P", "--deposit", "1", "--do", "key list"}, "sends no message");
  expect_refused({"gov", "propose", "P", "--deposit", "1", "--do", "tx sned bob 1"}, "tx");
}

}  // namespace
}  // namespace cambium::cli
