// The home's bodies, in the test binary only.
#include "engine/recovery/testing/recovery_home.hpp"

#include <cstdlib>
#include <fmt/format.h>

#include "base/durable_file.hpp"
#include "base/testing/scratch_folder.hpp"
#include "cambium/bank/v1/bank.pb.h"
#include "chain/modules/governance/governance.hpp"
#include "chain/records.hpp"
#include "engine/snapshots/snapshot_files.hpp"
#include "engine/storage/lmdb_store.hpp"
#include "engine/storage/write_behind_store.hpp"
#include "schema/canonical.hpp"

namespace cambium::engine::testing {
namespace {

std::string account(const crypto::SigningKey& key) {
  return to_string(crypto::address_of(key.public_key()));
}

void add_module(chain::v1::Genesis& genesis, std::string_view name,
                const google::protobuf::Message* state = nullptr) {
  auto* module = genesis.add_modules();
  module->set_name(std::string(name));
  if (state != nullptr) module->set_state(to_string(schema::encode(*state)));
}

}  // namespace

Action back_to(Height height, const std::string& chain_id) {
  Action out;
  out.mutable_rollback()->set_height(height.value);
  out.mutable_rollback()->set_chain_id(chain_id);
  return out;
}

Action reset_at(Height height) {
  Action out;
  out.mutable_consensus_reset()->set_height(height.value);
  return out;
}

Action trust(Height height, const Hash& block) {
  Action out;
  out.mutable_checkpoint()->set_height(height.value);
  out.mutable_checkpoint()->set_block_hash(to_string(block));
  return out;
}

RecoveryHome::RecoveryHome() {
  SeededRandom random(11);
  for (auto* key : {&operator_key, &alice, &bob}) {
    *key = crypto::generate_key(crypto::KeyType::ed25519, random);
  }
  root = scratch_folder("recovery");
  write_genesis(kLeft, kRight);
  write_genesis(kRight, kLeft);
  start();
}

RecoveryHome::~RecoveryHome() {
  running_.clear();
  std::error_code ignored;
  std::filesystem::remove_all(root, ignored);
}

void RecoveryHome::write_genesis(const std::string& alias, const std::string& other) {
  chain::v1::Genesis genesis;
  genesis.set_chain_id("test-" + alias + "-1");
  genesis.set_time_ms(1'000'000);
  genesis.set_initial_height(1);
  *genesis.mutable_params() = chain::default_params();
  cambium::bank::v1::Genesis bank;
  bank.add_denominations()->set_denom("ucbm");
  auto* allocation = bank.add_allocations();
  allocation->set_account(account(*alice));
  allocation->mutable_coin()->set_denom("ucbm");
  allocation->mutable_coin()->set_amount(1'000'000'000);
  cambium::interchain::v1::Genesis links;
  auto* client = links.add_clients();
  client->set_id(other);
  client->set_chain_id("test-" + other + "-1");
  client->set_counterparty(alias);
  client->set_operator_key_type(std::uint32_t(operator_key->public_key().type));
  client->set_operator_key(to_string(operator_key->public_key().bytes));
  add_module(genesis, "accounts");
  add_module(genesis, "bank", &bank);
  add_module(genesis, "interchain", &links);
  const auto chain = ChainHome::of(root, alias);
  std::filesystem::create_directories(chain.chain);
  const std::string json = chain::genesis_to_json(genesis);
  ASSERT_TRUE(write_durably(chain.genesis(), {as_bytes(json)}));
}

void RecoveryHome::start() {
  clock.advance(60'000);
  for (const std::string alias : {kLeft, kRight}) {
    const auto home = ChainHome::of(root, alias);
    auto& out = running_[alias];
    out.genesis = chain::genesis_from_json(as_chars(read_file(home.genesis()).value())).value();
    out.store = open_state_store(home.state()).value();
    out.disk = open_file_disk(home.blocks()).value();
    auto opened = EmbeddedEngine::open(
        {out.genesis, *operator_key, verifier, *out.store, *out.disk}, {alias, {30'000, 0}, {}},
        clock);
    ASSERT_TRUE(opened) << opened.error().message;
    out.engine = std::move(*opened);
    ASSERT_TRUE(out.engine->tick(clock.now()));
  }
}

void RecoveryHome::stop() {
  for (auto& [alias, one] : running_) ASSERT_TRUE(one.engine->flush());
  running_.clear();
}

void RecoveryHome::run(const std::string& alias, TxMsg msg) {
  auto& engine = chain(alias);
  const auto nonce = next_nonce(engine, crypto::address_of(alice->public_key())).value();
  const auto raw = sign_tx({engine.chain_id(), {std::move(msg)}, nonce, 400'000, 400'000, {}},
                           *alice);
  clock.advance(1'000);
  const auto sent = engine.submit(raw);
  ASSERT_TRUE(sent.accepted()) << sent.detail;
  ASSERT_TRUE(engine.tick(clock.now()));
  const auto outcome = engine.outcome(sent.id);
  ASSERT_TRUE(outcome);
  ASSERT_EQ(outcome->status(), chain::TxStatus::ok);
}

void RecoveryHome::send(const std::string& alias, std::uint64_t amount) {
  TxMsg msg;
  auto* send = msg.mutable_bank()->mutable_send();
  send->set_sender(account(*alice));
  send->set_to(account(*bob));
  send->mutable_coin()->set_denom("ucbm");
  send->mutable_coin()->set_amount(amount);
  run(alias, msg);
}

void RecoveryHome::see(const std::string& of, const std::string& by) {
  const auto block = chain(of).block(chain(of).status().height).value();
  TxMsg msg;
  auto* update = msg.mutable_interchain()->mutable_update_client();
  update->set_sender(account(*alice));
  update->set_client(of);
  update->mutable_header()->set_header(block->signed_header.header());
  update->mutable_header()->set_signature(block->signed_header.signature());
  run(by, msg);
}

std::uint64_t RecoveryHome::bob_has(const std::string& alias) {
  return balance_of(chain(alias), crypto::address_of(bob->public_key())).value_or(0);
}

Entries RecoveryHome::contents(const std::string& alias, Height height) {
  Entries out;
  chain(alias).state_at(height)->scan({}, [&](ByteView key, ByteView value) {
    out.emplace(to_bytes(key), to_bytes(value));
    return true;
  });
  return out;
}

SnapshotStore RecoveryHome::snapshots(const std::string& alias) const {
  return SnapshotStore(ChainHome::of(root, alias).snapshots());
}

void RecoveryHome::snapshot(const std::string& alias) {
  const auto status = chain(alias).status();
  ASSERT_TRUE(snapshots(alias).write(*chain(alias).state_at(status.height),
                                     {status.height, status.time, status.block_hash}));
}

void RecoveryHome::increment(const std::string& alias) {
  const auto status = chain(alias).status();
  auto store = snapshots(alias);
  const auto base = chain(alias).state_at(store.points().front().height());
  ASSERT_TRUE(store.write_increment(*base, *chain(alias).state_at(status.height),
                                    {status.height, status.time, status.block_hash}));
}

void RecoveryHome::order(std::uint64_t act, const Action& action) const {
  const auto store = open_lmdb_store(ChainHome::of(root, kLeft).state()).value();
  auto tree = state::Tree::open(*store).value();
  cambium::governance::v1::Order order;
  *order.mutable_action() = action;
  order.set_certified_height(tree.latest()->value);
  order.set_until_ms(clock.now().value + 1'000);
  const Bytes key = chain::governance::kOrders.key({act}), value = chain::encode_record(order);
  const state::Update update{key, ByteView(value)};
  ASSERT_TRUE(tree.stage(tree.latest()->next(), {&update, 1}));
  ASSERT_TRUE(tree.commit(state::Durability::synced));
}

RollbackRequest RecoveryHome::back_to(Height height) const {
  return {.home = root, .aliases = {kLeft, kRight}, .height = height, .first = {},
          .authority = RollbackAuthority::operator_alone, .now = clock.now()};
}

StoppedChain RecoveryHome::stopped(const std::string& alias) const {
  return std::move(*StoppedChain::open(root, alias));
}

}  // namespace cambium::engine::testing
