// Accounts and signed transfers for benchmark 1, made before the clock starts.
//
//   bench_transfers accounts N                 their addresses, one a line
//   bench_transfers txs CHAIN_ID N K           K transfers of each, in the order of their nonces,
//                                              as base64, signed with secp256k1 as the peer's are
#include <fmt/format.h>

#include <cstdio>
#include <cstdlib>
#include <string_view>

#include "base/check.hpp"
#include "chain/modules/bank/bank.hpp"
#include "crypto/keys.hpp"
#include "crypto/sha256.hpp"
#include "engine/cometbft/process/rpc.hpp"
#include "engine/tx_builder.hpp"

namespace cambium {
namespace {

constexpr std::uint64_t kGas = 40'000;
constexpr std::uint64_t kFeeUcbm = 4'000;  // a hundred times the lowest: it may rise

using Key = std::unique_ptr<crypto::SigningKey>;

std::vector<Key> keys_of(std::size_t count) {
  std::vector<Key> out;
  for (std::size_t i = 0; i < count; ++i) {
    const Hash secret = crypto::sha256(as_bytes(fmt::format("cambium bench account {}", i)));
    auto key = crypto::key_from_secret(crypto::KeyType::secp256k1, secret.view());
    CHECK(key, "a hash is a key");
    out.push_back(std::move(*key));
  }
  return out;
}

std::string field(const crypto::SigningKey& key) {
  return to_string(crypto::address_of(key.public_key()));
}

engine::TxMsg transfer(const crypto::SigningKey& from, const crypto::SigningKey& to) {
  engine::TxMsg msg;
  auto* send = msg.mutable_bank()->mutable_send();
  send->set_sender(field(from));
  send->set_to(field(to));
  *send->mutable_coin() = chain::bank::coin(Amount{1});
  return msg;
}

void print_accounts(const std::vector<Key>& keys) {
  for (const auto& key : keys) fmt::print("{}\n", crypto::address_of(key->public_key()).text());
}

struct Wanted {
  std::string chain_id;
  std::uint64_t each = 0;
};

void print_transfers(const std::vector<Key>& keys, const Wanted& wanted) {
  for (std::uint64_t nonce = 0; nonce < wanted.each; ++nonce) {
    for (std::size_t i = 0; i < keys.size(); ++i) {
      const engine::TxPlan plan{wanted.chain_id, {transfer(*keys[i], *keys[(i + 1) % keys.size()])},
                                nonce, kFeeUcbm, kGas, {}};
      fmt::print("{}\n", engine::to_base64(engine::sign_tx(plan, *keys[i])));
    }
  }
}

int run(int argc, char** argv) {
  const std::string_view verb = argc > 1 ? argv[1] : "";
  const auto number = [&](int at) { return std::strtoull(argv[at], nullptr, 10); };
  if (verb == "accounts" && argc == 3) {
    print_accounts(keys_of(number(2)));
    return 0;
  }
  if (verb == "txs" && argc == 5) {
    print_transfers(keys_of(number(3)), {argv[2], number(4)});
    return 0;
  }
  fmt::print(stderr, "usage: bench_transfers accounts N | txs CHAIN_ID N K\n");
  return 2;
}

}  // namespace
}  // namespace cambium

int main(int argc, char** argv) { return cambium::run(argc, argv); }
