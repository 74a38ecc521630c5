// The network's bodies, in the test binary only.
#include "engine/cometbft/testing/comet_network.hpp"

#include <arpa/inet.h>
#include <fmt/format.h>
#include <gtest/gtest.h>
#include <sys/socket.h>
#include <unistd.h>

#include <condition_variable>

#include "base/testing/scratch_folder.hpp"
#include "cambium/beacon/v1/beacon.pb.h"
#include "cambium/staking/v1/staking.pb.h"
#include "chain/modules/bank/bank.hpp"
#include "chain/records.hpp"
#include "crypto/sha256.hpp"
#include "engine/cometbft/process/binary.hpp"
#include "engine/storage/lmdb_store.hpp"
#include "schema/canonical.hpp"

namespace cambium::engine::testing {
namespace {

constexpr std::uint64_t kBondUcbm = cbm(100'000).ucbm;
constexpr std::uint64_t kPurseUcbm = cbm(1'000).ucbm;
constexpr std::int64_t kPatienceMs = 60'000;

crypto::Address address(const crypto::SigningKey& key) {
  return crypto::address_of(key.public_key());
}

std::uint16_t free_port() {
  const int fd = ::socket(AF_INET, SOCK_STREAM, 0);
  sockaddr_in at{};
  at.sin_family = AF_INET;
  at.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
  socklen_t size = sizeof at;
  ::bind(fd, reinterpret_cast<sockaddr*>(&at), size);
  ::getsockname(fd, reinterpret_cast<sockaddr*>(&at), &size);
  ::close(fd);
  return ntohs(at.sin_port);
}

}  // namespace

bool CometNetwork::possible() { return find_cometbft("").has_value(); }

CometNetwork::CometNetwork(std::size_t validators, Cadence cadence, Votes votes)
    : votes_(votes) {
  SeededRandom keys(11);
  SystemRandom random;
  alice_ = crypto::generate_key(crypto::KeyType::ed25519, keys);
  bob_ = crypto::generate_key(crypto::KeyType::ed25519, keys);
  root_ = scratch_folder("comet-net");
  for (std::size_t i = 0; i < validators; ++i) {
    auto& member = members_.emplace_back();
    member.home = root_ / fmt::format("node{}", i);
    member.account = crypto::generate_key(crypto::KeyType::ed25519, keys);
    std::filesystem::create_directories(member.home / "state");
    member.keys = make_comet_home({member.home / "cometbft"}, random).value();
    member.settings.moniker = fmt::format("node{}", i);
    member.settings.cadence = cadence;
    member.settings.private_net = true;
    member.settings.p2p_port = free_port();
    member.settings.rpc_port = free_port();
  }
  for (auto& member : members_) {
    for (const auto& other : members_) {
      if (&other == &member) continue;
      member.settings.peers.push_back(
          fmt::format("{}@127.0.0.1:{}", other.keys.node_id, other.settings.p2p_port));
    }
  }
  make_genesis();
  for (std::size_t i = 0; i < validators; ++i) start(i);
}

CometNetwork::~CometNetwork() {
  members_.clear();
  std::error_code ignored;
  std::filesystem::remove_all(root_, ignored);
}

void CometNetwork::make_genesis() {
  genesis_.set_chain_id("test-1");
  genesis_.set_time_ms(clock_.now().value);
  genesis_.set_initial_height(1);
  *genesis_.mutable_params() = chain::default_params();
  cambium::bank::v1::Genesis bank;
  bank.add_denominations()->set_denom("ucbm");
  const auto give = [&](const crypto::SigningKey& key, std::uint64_t amount) {
    auto* allocation = bank.add_allocations();
    allocation->set_account(to_string(address(key)));
    allocation->mutable_coin()->set_denom("ucbm");
    allocation->mutable_coin()->set_amount(amount);
  };
  give(*alice_, kPurseUcbm);
  give(*bob_, kPurseUcbm);
  cambium::staking::v1::Genesis staking;
  for (const auto& member : members_) {
    give(*member.account, kBondUcbm + kPurseUcbm);
    auto* validator = staking.add_validators();
    validator->set_operator_(to_string(address(*member.account)));
    validator->set_consensus_key(to_string(member.keys.consensus));
    validator->set_self_bond_ucbm(kBondUcbm);
    validator->mutable_description()->set_moniker(member.settings.moniker);
  }
  auto* module = genesis_.add_modules();
  module->set_name("bank");
  module->set_state(to_string(schema::encode(bank)));
  module = genesis_.add_modules();
  module->set_name("staking");
  module->set_state(to_string(schema::encode(staking)));
  if (votes_ == Votes::extended) add_beacon();
}

BeaconIdentity CometNetwork::identity(const Member& member) const {
  return {&beacon_, to_bytes(crypto::sha256(member.account->secret())), address(*member.account)};
}

void CometNetwork::add_beacon() {
  cambium::beacon::v1::Genesis beacon;
  beacon.mutable_params()->set_deal_window_ms(20'000);
  beacon.mutable_params()->set_complaint_window_ms(3'000);
  for (const auto& member : members_) {
    beacon.add_operators(to_string(address(*member.account)));
    beacon.add_keys()->set_key(to_string(beacon_.key_of(identity(member).secret, {}).key));
  }
  genesis_.add_modules()->set_name("slashing");
  auto* module = genesis_.add_modules();
  module->set_name("beacon");
  module->set_state(to_string(schema::encode(beacon)));
}

void CometNetwork::serve_beacon() {
  for (std::size_t i = 0; i < members_.size(); ++i) {
    const auto view = node(i).state_at();
    if (!view) continue;
    const chain::BlockInfo info{.chain_id = "test-1",
                                .height = node(i).status().height.next(),
                                .time = node(i).status().time,
                                .proposer = {},
                                .prev_hash = {},
                                .beacon = {}};
    chain::GasMeter unmetered({UINT64_MAX});
    const chain::ReadContext ctx(*view, {info, verifier_, &node(i).registry()}, unmetered);
    const auto me = identity(members_[i]);
    auto nonce = next_nonce(node(i), me.operator_account).value_or(0);
    for (auto& msg : beacon_duties(ctx, me)) {
      const TxPlan plan{"test-1", {std::move(msg)}, nonce++, 0, 5'000'000, {}};
      static_cast<void>(node(i).submit(sign_tx(plan, *members_[i].account)));
    }
  }
}

void CometNetwork::start(std::size_t i) {
  auto& member = members_[i];
  const CometHome home{member.home / "cometbft"};
  const ConsensusGenesis genesis{genesis_, chain::genesis_hash(genesis_), {},
                                 votes_ == Votes::extended ? 1u : 0u};
  ASSERT_TRUE(write_comet_files(home, member.settings, genesis));
  member.store.reset();
  member.store = open_lmdb_store(member.home / "state", {std::size_t{1} << 30, 126}).value();
  member.disk = open_file_disk(member.home / "blocks").value();
  CometOptions options{.alias = "test"};
  options.beacon = identity(member);
  options.snapshots.full_ms = 0;
  options.snapshot_folder = member.home / "snapshots";
  options.socket = home.socket();
  options.rpc_port = member.settings.rpc_port;
  auto opened = CometEngine::open({genesis_, verifier_, *member.store, *member.disk}, options,
                                  clock_);
  ASSERT_TRUE(opened) << opened.error().message;
  member.engine = std::move(*opened);
  const ChildPlan plan{.program = find_cometbft("").value(),
                       .arguments = {"start", "--home", home.root.string()},
                       .folder = home.root,
                       .log = member.home / "cometbft.log"};
  ASSERT_TRUE(member.engine->start(plan, [](const Error&) {}));
}

Result<TxOutcome> CometNetwork::send(std::size_t i) {
  TxMsg msg;
  auto* send = msg.mutable_bank()->mutable_send();
  send->set_sender(to_string(address(*alice_)));
  send->set_to(to_string(address(*bob_)));
  send->mutable_coin()->set_denom("ucbm");
  send->mutable_coin()->set_amount(1);
  const auto raw = sign_tx({"test-1", {msg}, nonce_, 100'000, 100'000, {}}, *alice_);
  const auto submitted = node(i).submit(raw);
  if (!submitted.accepted()) return fail(ErrorCode::refused, submitted.detail);
  ++nonce_;
  return node(i).wait(submitted.id, kPatienceMs);
}

std::uint64_t CometNetwork::bob_has(std::size_t i) {
  return balance_of(node(i), address(*bob_)).value_or(0) - kPurseUcbm;
}

bool CometNetwork::reaches(std::size_t i, std::uint64_t height, int timeout_s) {
  std::mutex mutex;
  std::condition_variable changed;
  const auto subscription = node(i).subscribe([&](const BlockPtr&) {
    std::lock_guard lock(mutex);
    changed.notify_all();
  });
  std::unique_lock lock(mutex);
  return changed.wait_for(lock, std::chrono::seconds(timeout_s),
                          [&] { return node(i).status().height.value >= height; });
}

}  // namespace cambium::engine::testing
