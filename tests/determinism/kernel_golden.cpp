// Runs a fixed list of transactions on a fixed genesis and prints the root of the state after
// every tenth block and at the end, so that compilers, build types and machines can be compared.
#include <fmt/format.h>

#include "base/check.hpp"
#include "base/random.hpp"
#include "chain/block.hpp"
#include "chain/genesis.hpp"
#include "chain/modules/accounts/accounts.hpp"
#include "chain/modules/bank/genesis.hpp"
#include "cambium/nodes/v1/nodes.pb.h"
#include "crypto/sha256.hpp"
#include "schema/canonical.hpp"
#include "state/tree.hpp"

namespace cambium::chain {
namespace {

/// The hash that every build must print; a change of rules or encoding changes it on purpose.
constexpr std::string_view kExpected =
    "d43e47d19856c1c8634ae782a612748e4790fe30dbcc31deb68108c28b05fcab";

constexpr int kBlocks = 50;
constexpr int kActors = 8;

using Key = std::unique_ptr<crypto::SigningKey>;

Key key_of(int i) {
  const Hash secret = crypto::sha256(as_bytes(fmt::format("golden {}", i)));
  const auto type = i % 2 == 0 ? crypto::KeyType::ed25519 : crypto::KeyType::secp256k1;
  return std::move(*crypto::key_from_secret(type, secret));
}

Address address(const Key& key) { return crypto::address_of(key->public_key()); }

v1::Genesis first(const std::vector<Key>& keys) {
  const TimeMs start{1'700'000'000'000};
  v1::Genesis genesis;
  genesis.set_chain_id("golden-1");
  genesis.set_time_ms(start.value);
  genesis.set_initial_height(1);
  auto* coins = genesis.add_modules();
  coins->set_name("bank");
  coins->set_state(to_string(schema::encode(bank::standard_genesis(
      {address(keys[0]), address(keys[1]), address(keys[2]), address(keys[3]), address(keys[4])},
      start))));
  genesis.add_modules()->set_name("nodes");
  return genesis;
}

/// One of four kinds of transaction, most of them good, some refused.
void fill(cambium::tx::v1::Msg& msg, Random& random, const std::vector<Key>& keys, int from) {
  const auto sender = to_field(address(keys[from]));
  const auto other = to_field(address(keys[random.below(kActors)]));
  switch (random.below(4)) {
    case 0: {
      auto* burn = msg.mutable_bank()->mutable_burn();
      burn->set_sender(sender);
      *burn->mutable_coin() = bank::coin(random.below(1'000));
      return;
    }
    case 1: {
      auto* node = msg.mutable_nodes()->mutable_register_();
      node->set_sender(sender);
      node->set_node_id(std::string(32, 'n'));
      node->add_roles(cambium::nodes::v1::ROLE_HOST);
      return;
    }
    default: {
      auto* send = msg.mutable_bank()->mutable_send();
      send->set_sender(sender);
      send->set_to(other);
      *send->mutable_coin() = bank::coin(random.below(5'000'000'000));
      return;
    }
  }
}

Bytes sign(const cambium::tx::v1::TxBody& body, const Key& key) {
  cambium::tx::v1::TxRaw raw;
  const Bytes bytes = schema::encode(body);
  raw.set_body(to_string(bytes));
  auto* signature = raw.add_signatures();
  *signature->mutable_key() = key_to_proto(key->public_key());
  const bool wallet = key->public_key().type == crypto::KeyType::secp256k1;
  const Bytes message = wallet ? to_bytes(sign_text(body, bytes))
                               : to_bytes(sign_digest(bytes).view());
  signature->set_signature(to_string(key->sign(message)));
  return schema::encode(raw);
}

int run() {
  std::vector<Key> keys;
  for (int i = 0; i < kActors; ++i) keys.push_back(key_of(i));
  const auto genesis = first(keys);
  const auto registry = *registry_for(genesis);
  const auto store = state::make_memory_store();
  auto tree = *state::Tree::open(*store);
  const state::EmptyView nothing;
  state::Overlay overlay(nothing);
  const crypto::BasicVerifier verifier;
  SeededRandom random(2026);
  Hash digest = genesis_hash(genesis);
  const auto commit = [&](Height height, const state::Diff& diff) {
    overlay.apply(diff);
    const Hash root = *tree.stage(height, state::updates_of(diff));
    CHECK(tree.commit(state::Durability::buffered), "memory takes every write");
    return root;
  };
  commit({0}, *init_genesis(registry, genesis));
  BlockInfo block{.chain_id = "golden-1", .height = {0}, .time = {genesis.time_ms()},
                  .proposer = address(keys[5]), .prev_hash = {}, .beacon = {}};
  for (int i = 1; i <= kBlocks; ++i) {
    block.height = block.height.next();
    block.time.value += 1'000;
    std::vector<Bytes> txs;
    GasMeter unmetered({UINT64_MAX});
    const ReadContext ctx(overlay, {block, verifier}, unmetered);
    for (int from = 0; from < kActors; ++from) {
      cambium::tx::v1::TxBody body;
      body.set_chain_id("golden-1");
      body.mutable_fee()->set_amount_ucbm(50'000);
      body.mutable_fee()->set_gas_limit(1'000'000);
      body.set_nonce(accounts::next_nonce(ctx, address(keys[from])).value);
      fill(*body.add_msgs(), random, keys, from);
      txs.push_back(sign(body, keys[from]));
    }
    const auto done = execute_block(registry, overlay, {block, verifier}, txs);
    const Hash root = commit(block.height, done.diff);
    digest = crypto::sha256({digest, root, results_root(done.results), tx_root(txs)});
    if (i % 10 == 0) fmt::print(stderr, "block {} root {}\n", i, root.hex());
  }
  fmt::print("{}\n", digest.hex());
  return digest.hex() == kExpected ? 0 : 1;
}

}  // namespace
}  // namespace cambium::chain

int main() { return cambium::chain::run(); }
