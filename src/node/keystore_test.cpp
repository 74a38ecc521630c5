#include "node/keystore.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <fstream>
#include <sstream>

#include "base/hex.hpp"

namespace cambium::node {
namespace {

class KeystoreTest : public testing::Test {
 protected:
  KeystoreTest()
      : dir_(std::filesystem::temp_directory_path() /
             ("cambium-keys-" + std::to_string(::getpid()))) {
    std::filesystem::remove_all(dir_);
  }
  ~KeystoreTest() override { std::filesystem::remove_all(dir_); }
  std::string file(const std::string& name) const {
    std::ifstream in(dir_ / name);
    std::ostringstream text;
    text << in.rdbuf();
    return text.str();
  }
  SeededRandom random_{1};
  std::filesystem::path dir_;
};

TEST_F(KeystoreTest, FindsTheSameKeyAgain) {
  auto keys = Keystore::open(dir_).value();
  auto made = keys.find_or_make("alice", random_).value();
  EXPECT_EQ(keys.find_or_make("alice", random_).value()->public_key(), made->public_key());
  EXPECT_THAT(file("alice"), testing::HasSubstr("NOT ENCRYPTED"));
  EXPECT_EQ(std::filesystem::status(dir_ / "alice").permissions(),
            std::filesystem::perms::owner_read | std::filesystem::perms::owner_write);
}

TEST_F(KeystoreTest, APassphraseHidesTheSecretAndOpensIt) {
  auto keys = Keystore::open(dir_, "correct horse").value();
  auto made = keys.make("bob", random_, crypto::KeyType::secp256k1).value();
  EXPECT_EQ(file("bob").find(to_hex(made->secret())), std::string::npos);
  EXPECT_EQ(keys.find("bob").value()->secret(), made->secret());
  auto wrong = Keystore::open(dir_, "wrong").value().find("bob");
  ASSERT_FALSE(wrong);
  EXPECT_THAT(wrong.error().message, testing::HasSubstr("passphrase is wrong"));
}

TEST_F(KeystoreTest, ListsNamesWithoutSecrets) {
  auto keys = Keystore::open(dir_).value();
  ASSERT_TRUE(keys.make("b", random_, crypto::KeyType::ed25519));
  ASSERT_TRUE(keys.make("a", random_, crypto::KeyType::ed25519));
  const auto list = keys.list().value();
  ASSERT_EQ(list.size(), 2u);
  EXPECT_EQ(list[0].name, "a");
  EXPECT_FALSE(keys.make("../evil", random_, crypto::KeyType::ed25519));
}

}  // namespace
}  // namespace cambium::node
