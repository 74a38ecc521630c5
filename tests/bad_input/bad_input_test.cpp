// Bad input of every kind gives one sentence that says what is wrong and what to do about it. The
// rooms have tests of their own; this table is where a person reads the sentences side by side.
#include <fmt/format.h>
#include <gtest/gtest.h>
#include <sys/resource.h>

#include <csignal>
#include <fstream>
#include <limits>

#include "base/durable_file.hpp"
#include "data/corpus.hpp"
#include "engine/tx_builder.hpp"
#include "gateway/http/server.hpp"
#include "node/node.hpp"
#include "tensor/convert.hpp"
#include "tensor/tensor_block.hpp"

namespace cambium {
namespace {

/// A network of one that has not started: its mempool already answers.
class BadInput : public testing::Test {
 protected:
  BadInput() {
    std::string name = testing::TempDir() + "/cambium-bad-input-XXXXXX";
    folder_ = ::mkdtemp(name.data());
    auto opened = node::Node::open(
        {folder_ / "home", Config(), clock_, random_, {}, learn::Profile::nano});
    EXPECT_TRUE(opened) << opened.error().message;
    node_ = std::move(*opened);
  }
  ~BadInput() override { std::filesystem::remove_all(folder_); }

  engine::TxPlan payment() {
    const auto from = crypto::address_of(key().public_key());
    engine::TxMsg msg;
    auto* send = msg.mutable_bank()->mutable_send();
    send->set_sender(to_string(from));
    send->set_to(std::string(20, 'x'));
    send->mutable_coin()->set_denom("ucbm");
    send->mutable_coin()->set_amount(1);
    return {std::string(node::kUtilityChainId), {msg}, 0, 1'000'000, 100'000, {}};
  }
  const crypto::SigningKey& key() {
    if (!key_) key_ = *node_->keys().find(std::string(node::kDemoKey));
    return *key_;
  }
  std::string said_to(const engine::TxPlan& plan) {
    return node_->utility().submit(engine::sign_tx(plan, key())).detail;
  }
  /// Prints the sentence for people and compares its end, which says what to do.
  static void expect(std::string_view kind, const std::string& said, std::string_view words) {
    fmt::print("{:<22} {}\n", kind, said);
    EXPECT_NE(said.find(words), std::string::npos) << kind << ": " << said;
    EXPECT_GE(said.size(), 40U) << kind;
    EXPECT_EQ(said.find('\n'), std::string::npos) << kind;
  }
  template <class T>
  static std::string error_of(const Result<T>& result) {
    return result ? "no error" : result.error().message;
  }
  static std::string error_of(const Status& status) {
    return status ? "no error" : status.error().message;
  }

  SystemClock clock_;
  SeededRandom random_{4};
  std::filesystem::path folder_;
  std::unique_ptr<node::Node> node_;
  node::KeyPtr key_;
};

TEST_F(BadInput, Transactions) {
  expect("malformed transaction", node_->utility().submit(to_bytes("nonsense")).detail,
         "encode it with a published SDK");
  auto plan = payment();
  plan.chain_id = "other-1";
  expect("wrong chain", said_to(plan), "set chain_id to this chain's id");
  plan = payment();
  plan.fee_ucbm = 1;
  expect("low fee", said_to(plan), "raise the fee or lower the gas limit");
  expect("oversized", node_->utility().submit(Bytes(64u << 20)).detail,
         "split it into smaller ones");
  plan = payment();
  plan.msgs.front().mutable_bank()->mutable_send()->set_to("short");
  expect("bad address", said_to(plan), "use an address of the form cbm1");
}

TEST_F(BadInput, Weights) {
  std::vector<float> values(32, 0.5F);
  const auto block = *tensor::write_tensor_block(tensor::float_view(values, {4, 8}),
                                                 tensor::MerkleIndex::own);
  expect("truncated block",
         error_of(tensor::parse_tensor_block(ByteView(block).first(block.size() / 2))), "fetch");
  values[13] = std::numeric_limits<float>::quiet_NaN();
  expect("non-finite weights",
         error_of(tensor::require_finite(tensor::float_view(values, {4, 8}), "layer0.expert4 up")),
         "lower its learning rate");
}

TEST_F(BadInput, Settings) {
  expect("unknown config key",
         error_of(Config::parse("[gateway]\nprot = 1\n", "cambium.toml", {})),
         "did you mean `gateway.port`?");
  const auto first = gateway::Server::start({.port = 0}, gateway::Router({}));
  ASSERT_TRUE(first) << first.error().message;
  const auto port = (*first)->port();
  expect("port in use", error_of(gateway::Server::start({.port = port}, gateway::Router({}))),
         "another program uses this port");
}

/// No file may grow: what a full disk is to a process, without needing one.
TEST_F(BadInput, AFullDisk) {
  const auto before = std::signal(SIGXFSZ, SIG_IGN);
  rlimit old{};
  ::getrlimit(RLIMIT_FSIZE, &old);
  const rlimit none{0, old.rlim_max};
  ::setrlimit(RLIMIT_FSIZE, &none);
  const auto written = write_durably(folder_ / "report", {as_bytes("text")});
  const auto stored = node_->store().put(as_bytes("a payload"));
  ::setrlimit(RLIMIT_FSIZE, &old);
  std::signal(SIGXFSZ, before);
  expect("disk full", error_of(written), "raise the file size limit");
  expect("disk full, store", error_of(stored), "raise the file size limit");
  errno = ENOSPC;
  expect("disk full, no space", io_error("write", "store/a").message, "free space on the disk");
}

TEST_F(BadInput, NoNetwork) {
  std::ofstream(folder_ / "apt.conf") << "Acquire::http::Proxy \"http://127.0.0.1:1\";\n"
                                         "Acquire::https::Proxy \"http://127.0.0.1:1\";\n"
                                         "Acquire::Retries \"0\";\n";
  ::setenv("APT_CONFIG", (folder_ / "apt.conf").c_str(), 1);
  const auto built = data::build("wordnet", {folder_ / "cache", folder_ / "empty"});
  ::unsetenv("APT_CONFIG");
  expect("no network", error_of(built), "Check the network");
}

}  // namespace
}  // namespace cambium
