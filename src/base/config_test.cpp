#include "base/config.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "base/detail/nearest.hpp"

namespace cambium {
namespace {

using testing::HasSubstr;

TEST(Config, DefaultsThenFileThenEnvironment) {
  auto config = Config::parse("[gateway]\nport = 8181\nhost = \"::1\"\n", "a.toml",
                              {{"CAMBIUM_GATEWAY_PORT", "9191"}});
  ASSERT_TRUE(config) << config.error().message;
  EXPECT_EQ(config->whole("gateway.port"), 9191u);
  EXPECT_EQ(config->text("gateway.host"), "::1");
  EXPECT_EQ(config->whole("engine.utility_idle_ms"), 30000u);
}

TEST(Config, EveryValueNamesItsSource) {
  auto config = Config::parse("[gateway]\nport = 8181\n", "a.toml", {}).value();
  for (const auto& entry : config.entries()) {
    EXPECT_EQ(entry.source, entry.key->key == "gateway.port" ? "a.toml:2" : "default");
  }
}

TEST(Config, UnknownKeyNamesTheNearest) {
  auto refused = Config::parse("[gateway]\nprot = 1\n", "a.toml", {});
  ASSERT_FALSE(refused);
  EXPECT_THAT(refused.error().message, HasSubstr("a.toml:2"));
  EXPECT_THAT(refused.error().message, HasSubstr("did you mean `gateway.port`?"));
}

TEST(Config, MisspeltVariableOfAKnownSectionIsAnError) {
  auto refused = Config::parse("", "a.toml", {{"CAMBIUM_GATEWAY_PROT", "1"}});
  ASSERT_FALSE(refused);
  EXPECT_THAT(refused.error().message, HasSubstr("gateway.port"));
  EXPECT_TRUE(Config::parse("", "a.toml", {{"CAMBIUM_CRASH_AT", "x:1"}}));
}

TEST(Config, WrongTypeSaysWhatIsWanted) {
  auto refused = Config::parse("[gateway]\nport = \"high\"\n", "a.toml", {});
  ASSERT_FALSE(refused);
  EXPECT_THAT(refused.error().message, HasSubstr("must be a whole number"));
}

TEST(Config, SyntaxErrorNamesTheLine) {
  auto refused = Config::parse("[gateway]\nport = = 1\n", "a.toml", {});
  ASSERT_FALSE(refused);
  EXPECT_THAT(refused.error().message, HasSubstr("a.toml:2: not valid TOML"));
}

TEST(Config, ListsComeFromArraysAndCommas) {
  auto config = Config::parse("[node]\nroles = [\"host\", \"relay\"]\n", "a.toml", {}).value();
  EXPECT_EQ(config.list("node.roles"), (std::vector<std::string>{"host", "relay"}));
  EXPECT_TRUE(config.list("data.sources").empty());
}

TEST(Config, TemplateIsAValidFileThatChangesNothing) {
  EXPECT_TRUE(Config::parse(config_template(), "template", {}));
  std::string active = config_template();
  for (std::size_t at; (at = active.find("\n# ")) != std::string::npos;) {
    auto end = active.find('\n', at + 1);
    auto line = active.substr(at + 3, end - at - 3);
    bool setting = line.find(" = ") != std::string::npos;
    active.replace(at + 1, end - at - 1, setting ? line : "");
  }
  auto config = Config::parse(active, "template", {});
  ASSERT_TRUE(config) << config.error().message;
  for (const auto& entry : config->entries()) EXPECT_EQ(entry.value, entry.key->initial);
}

TEST(Nearest, CountsChangedCharacters) {
  EXPECT_EQ(detail::edit_distance("port", "prot"), 2u);
  EXPECT_EQ(detail::edit_distance("", "abc"), 3u);
}

}  // namespace
}  // namespace cambium
