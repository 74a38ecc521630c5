// What a person types and reads (B/API-06; must show 11: bad input gives a sentence).
#include <fmt/format.h>
#include <gtest/gtest.h>
#include <unistd.h>

#include <algorithm>
#include <filesystem>
#include <fstream>
#include <sstream>

#include "cli/amount.hpp"
#include "cli/completion.hpp"
#include "cli/parse.hpp"
#include "cli/testing.hpp"

namespace cambium::cli {
namespace {

class Home : public ::testing::Test {
 protected:
  Home()
      : path_(std::filesystem::temp_directory_path() / fmt::format("cli_test.{}", ::getpid())) {
    std::filesystem::remove_all(path_);
  }
  ~Home() override { std::filesystem::remove_all(path_); }

  Outcome at_home(std::vector<std::string> words) const {
    words.insert(words.end(), {"--home", path_.string()});
    return call(words);
  }
  /// One sentence on stderr that has these words.
  static void expect_refused(const Outcome& outcome, int code, const std::string& words) {
    EXPECT_EQ(outcome.code, code) << outcome.err;
    EXPECT_TRUE(outcome.err.starts_with("cambium: ")) << outcome.err;
    EXPECT_EQ(std::count(outcome.err.begin(), outcome.err.end(), '\n'), 1) << outcome.err;
    EXPECT_NE(outcome.err.find(words), std::string::npos) << outcome.err;
  }
  std::filesystem::path path_;
};

using BadInput = Home;

TEST_F(BadInput, NamesTheCommandThatWasProbablyMeant) {
  expect_refused(call({"chta"}), kMisused, "did you mean `chat`?");
  expect_refused(call({"frobnicate"}), kMisused, "`frobnicate`. `cambium --help`");
  expect_refused(call({"key", "lst"}), kMisused, "did you mean `list`?");
  expect_refused(call({"up", "--quik"}), kMisused, "did you mean `--quick`?");
}

TEST_F(BadInput, SaysWhichWordIsMissingOrTooMany) {
  expect_refused(call({"key", "make"}), kMisused, "name is missing");
  expect_refused(call({"query", "account", "a", "b"}), kMisused, "`b` is one word too many");
  expect_refused(call({"up", "--port"}), kMisused, "--port needs a value");
  expect_refused(call({"up", "--quick=yes"}), kMisused, "--quick is a switch");
  expect_refused(call({"key", "make", "a", "--type", "rsa"}), kMisused, "ed25519, secp256k1");
}

TEST_F(BadInput, RefusesWhatIsNoPort) {
  expect_refused(at_home({"up", "--port", "http"}), kFailed, "--port must be a whole number");
  expect_refused(at_home({"up", "--port", "70000"}), kFailed, "between 0 and 65535");
}

TEST_F(BadInput, NamesTheNearestSetting) {
  expect_refused(at_home({"config", "get", "gateway.prot"}), kFailed, "`gateway.port`");
  std::filesystem::create_directories(path_);
  std::ofstream(path_ / "cambium.toml") << "[gateway]\nprot = 1\n";
  expect_refused(at_home({"up"}), kFailed, "gateway.prot");
}

TEST_F(BadInput, SaysWhenNoNodeAnswers) {
  const auto outcome = call({"query", "chain", "--node", "http://127.0.0.1:1"});
  expect_refused(outcome, kFailed, "Start one with `cambium up`");
  expect_refused(call({"query", "chain", "--node", "https://a.example"}), kFailed, "http://");
}

TEST_F(BadInput, SaysWhatComesLater) {
  expect_refused(at_home({"up", "--join"}), kFailed, "comes with a later version");
}

TEST_F(BadInput, TellsThatAFolderHoldsNoNetwork) {
  expect_refused(at_home({"node"}), kFailed, "`cambium up` makes one");
}

TEST_F(BadInput, TellsWhatIsNoAmountKeyOrMessage) {
  expect_refused(at_home({"tx", "send", "cbm1x", "1"}), kFailed, "There is no key `demo`");
  ASSERT_EQ(at_home({"key", "make", "demo"}).code, kDone);
  expect_refused(at_home({"tx", "send", "cbm1x", "1,5"}), kFailed, "is no amount");
  expect_refused(at_home({"tx", "types", "bank.Sned"}), kFailed, "`bank.Send`");
  expect_refused(at_home({"key", "show", "nobody"}), kFailed, "There is no key `nobody`");
  expect_refused(at_home({"key", "erase", "operator", "--yes"}), kFailed, "it stays");
}

TEST_F(BadInput, IsAlsoJsonWhereAskedFor) {
  const auto outcome = at_home({"config", "get", "nothing.here", "--json"});
  EXPECT_EQ(Json::parse(outcome.out)["error"], "invalid_input");
}

TEST_F(Home, KeepsKeysWithoutShowingSecrets) {
  const auto made = at_home({"key", "make", "alice", "--json"});
  ASSERT_EQ(made.code, kDone) << made.err;
  const auto key = Json::parse(made.out);
  EXPECT_TRUE(key["address"].get<std::string>().starts_with("cbm1"));
  EXPECT_FALSE(key.contains("secret"));
  const auto list = Json::parse(at_home({"key", "list", "--json"}).out);
  EXPECT_EQ(list["items"][0]["address"], key["address"]);
  EXPECT_EQ(at_home({"key", "erase", "alice"}).code, kFailed);
  EXPECT_EQ(at_home({"key", "erase", "alice", "--yes"}).code, kDone);
}

TEST_F(Home, ChangesOneSettingAndLeavesTheOthers) {
  ASSERT_EQ(at_home({"config", "set", "gateway.port", "8181"}).code, kDone);
  ASSERT_EQ(at_home({"config", "set", "node.roles", "gateway,relay"}).code, kDone);
  EXPECT_EQ(at_home({"config", "get", "gateway.port"}).out, "8181\n");
  EXPECT_EQ(at_home({"config", "get", "node.roles"}).out, "gateway,relay\n");
  EXPECT_EQ(at_home({"config", "get", "gateway.compute_port"}).out, "9080\n");
  EXPECT_EQ(at_home({"config", "set", "gateway.port", "high"}).code, kFailed);
}

TEST(Parse, TakesValuesWithAndWithoutEquals) {
  for (const auto& words : {std::vector<std::string>{"up", "--port", "1"}, {"up", "--port=1"}}) {
    const auto parsed = parse(words);
    ASSERT_TRUE(parsed) << parsed.error().message;
    EXPECT_EQ(parsed->flags.at("port"), "1");
  }
}

TEST(Parse, TakesTheLongestCommand) {
  const std::vector<std::string> send = {"tx", "send", "cbm1x", "1"};
  const std::vector<std::string> any = {"tx", "bank.Send"};
  EXPECT_EQ(parse(send)->command->path, "tx send");
  EXPECT_EQ(parse(any)->command->path, "tx");
}

TEST(Parse, TakesWordsAfterTwoDashesAsTheyAre) {
  const std::vector<std::string> words = {"chat", "--", "--help"};
  EXPECT_EQ(parse(words)->arguments.at("prompt"), "--help");
}

TEST(Amounts, AreExact) {
  EXPECT_EQ(parse_amount("12.5")->ucbm, 12'500'000U);
  EXPECT_EQ(parse_amount("0.000001")->ucbm, 1U);
  EXPECT_EQ(parse_amount("7ucbm")->ucbm, 7U);
  for (const char* wrong : {"", "-1", "1.", "1.2345678", "1e3", "ucbm", "18446744073710"}) {
    EXPECT_FALSE(parse_amount(wrong)) << wrong;
  }
}

TEST(Commands, AllHaveHelpWithAnExample) {
  for (const auto& command : all_commands()) {
    std::vector<std::string> words;
    std::istringstream path(command.path);
    for (std::string word; path >> word;) words.push_back(word);
    words.push_back("--help");
    const auto outcome = call(words);
    EXPECT_EQ(outcome.code, kDone) << command.path;
    EXPECT_NE(outcome.out.find("Example:\n  "), std::string::npos) << command.path;
    EXPECT_NE(command.example.find("cambium " + command.path.substr(0, 2)), std::string::npos);
    EXPECT_FALSE(command.summary.ends_with('.')) << command.path;
  }
}

TEST(Completion, KnowsEveryCommandAndOption) {
  for (const char* shell : {"bash", "zsh", "fish"}) {
    const auto script = completion_script(shell);
    ASSERT_TRUE(script);
    for (const auto& command : all_commands()) {
      const auto last = command.path.substr(command.path.rfind(' ') + 1);
      EXPECT_NE(script->find(last), std::string::npos) << shell << " " << command.path;
      for (const auto& flag : command.flags) {
        EXPECT_NE(script->find(flag.name), std::string::npos) << shell << " --" << flag.name;
      }
    }
  }
  EXPECT_FALSE(completion_script("tcsh"));
}

TEST(Manual, IsCurrentInTheDocuments) {
  std::ifstream in(std::string(CAMBIUM_SOURCE_DIR) + "/docs/cli.md");
  std::ostringstream text;
  text << in.rdbuf();
  EXPECT_TRUE(text.str() == manual()) << "run: cambium manual > docs/cli.md";
}

TEST(Tables, AlignNumbersToTheRight) {
  EXPECT_EQ(table({{"name", "size"}, {"a", "5"}, {"bb", "10"}}),
            "name  size\na        5\nbb      10\n");
  EXPECT_EQ(clip("größer", 4), "grö\u2026");
}

}  // namespace
}  // namespace cambium::cli
