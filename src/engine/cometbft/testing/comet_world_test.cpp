// The world's bodies, in the test binary only.
#include "engine/cometbft/testing/comet_world.hpp"

#include <gtest/gtest.h>

#include "base/testing/scratch_folder.hpp"
#include "engine/snapshots/head_record.hpp"

namespace cambium::engine::testing {

namespace pb = tendermint::abci;

CometWorld::CometWorld(std::uint32_t rules_version) {
  SeededRandom random(11);
  alice_ = crypto::generate_key(crypto::KeyType::ed25519, random);
  bob_ = crypto::generate_key(crypto::KeyType::ed25519, random);
  folder_ = scratch_folder("comet-world");
  fill_genesis(rules_version);
  restart();
}

CometWorld::~CometWorld() {
  writer_.reset();
  std::error_code ignored;
  std::filesystem::remove_all(folder_, ignored);
}

void CometWorld::fill_genesis(std::uint32_t rules_version) {
  genesis_.set_chain_id("test-1");
  genesis_.set_time_ms(1'000'000);
  genesis_.set_initial_height(1);
  *genesis_.mutable_params() = chain::default_params();
  genesis_.mutable_params()->set_block_gas_limit(kBlockGas);
  genesis_.mutable_params()->set_tx_gas_limit(kBlockGas);
  genesis_.mutable_params()->set_rules_version(rules_version);
  genesis_.add_modules()->set_name("accounts");
  cambium::bank::v1::Genesis bank;
  bank.add_denominations()->set_denom("ucbm");
  for (auto* key : {&alice_, &bob_}) {
    auto* allocation = bank.add_allocations();
    allocation->set_account(to_string(address(**key)));
    allocation->mutable_coin()->set_denom("ucbm");
    allocation->mutable_coin()->set_amount(kStart);
  }
  auto* module = genesis_.add_modules();
  module->set_name("bank");
  module->set_state(to_string(schema::encode(bank)));
}

void CometWorld::restart() {
  app.reset();
  writer_.reset();
  checker_.reset();
  auto opened = CometLedger::open({genesis_, verifier_, *store_, disk_});
  ASSERT_TRUE(opened) << opened.error().message;
  ledger = std::move(*opened);
  checker_ = std::make_unique<Checker>(*ledger, clock_);
  snapshots_ = std::make_unique<SnapshotStore>(folder_);
  writer_ = std::make_unique<SnapshotWriter>(
      [this](Height height) { return ledger->view(height); }, *snapshots_,
      SnapshotRules{.full_ms = 0});
  app = std::make_unique<CometApp>(
      CometAppParts{*ledger, *checker_, outcomes_, *snapshots_, *writer_, nullptr, pruning},
      [](const BlockPtr&) {}, [this](const Error& error) { fatal = error.message; });
}

pb::ResponseInfo CometWorld::info() {
  abci::Request request;
  request.mutable_info();
  return handle(request).info();
}

std::string CometWorld::init_chain() {
  abci::Request request;
  auto* chain = request.mutable_init_chain();
  chain->set_chain_id("test-1");
  chain->set_app_state_bytes("{\"cambium_genesis\":\"" + ledger->genesis_hash().hex() + "\"}");
  return handle(request).init_chain().app_hash();
}

abci::Request CometWorld::finalize_request(const Txs& txs) {
  abci::Request request;
  auto* block = request.mutable_finalize_block();
  block->set_height(static_cast<std::int64_t>(next_height));
  block->mutable_time()->set_seconds(time_ms / 1'000);
  block->set_hash(std::string(32, static_cast<char>(next_height)));
  block->set_proposer_address(std::string(20, 'p'));
  for (const auto& tx : txs) block->add_txs(to_string(tx));
  return request;
}

pb::ResponseFinalizeBlock CometWorld::finalize(const Txs& txs) {
  const auto reply = handle(finalize_request(txs));
  EXPECT_TRUE(reply.has_finalize_block()) << reply.exception().error();
  return reply.finalize_block();
}

void CometWorld::commit() {
  abci::Request request;
  request.mutable_commit();
  const auto reply = handle(request);
  EXPECT_TRUE(reply.has_commit());
  retain = static_cast<std::uint64_t>(reply.commit().retain_height());
  ++next_height;
  time_ms += 1'000;
}

pb::ResponseFinalizeBlock CometWorld::make_block(const Txs& txs) {
  auto reply = finalize(txs);
  commit();
  return reply;
}

pb::ResponseCheckTx CometWorld::check(const Bytes& tx) {
  abci::Request request;
  request.mutable_check_tx()->set_tx(to_string(tx));
  return handle(request).check_tx();
}

CometWorld::Txs CometWorld::prepare(const Txs& offered, std::size_t max_bytes) {
  abci::Request request;
  request.mutable_prepare_proposal()->set_max_tx_bytes(static_cast<std::int64_t>(max_bytes));
  for (const auto& tx : offered) request.mutable_prepare_proposal()->add_txs(to_string(tx));
  Txs out;
  const auto reply = handle(request);
  for (const auto& tx : reply.prepare_proposal().txs()) out.push_back(to_bytes(tx));
  return out;
}

pb::ResponseProcessProposal::ProposalStatus CometWorld::process(const Txs& txs) {
  abci::Request request;
  request.mutable_process_proposal();
  for (const auto& tx : txs) request.mutable_process_proposal()->add_txs(to_string(tx));
  return handle(request).process_proposal().status();
}

std::string CometWorld::extend() {
  abci::Request request;
  request.mutable_extend_vote();
  return handle(request).extend_vote().vote_extension();
}

bool CometWorld::accepts_extension(const std::string& extension) {
  abci::Request request;
  request.mutable_verify_vote_extension()->set_vote_extension(extension);
  return handle(request).verify_vote_extension().status() ==
         pb::ResponseVerifyVoteExtension::ACCEPT;
}

void CometWorld::write_snapshot() {
  const auto head = ledger->head();
  ASSERT_TRUE(snapshots_->write(*ledger->view(), {head.height, head.time, head.hash}));
}

bool CometWorld::take_snapshot(CometWorld& giver, const std::string& app_hash) {
  abci::Request list;
  list.mutable_list_snapshots();
  const auto offered = giver.handle(list).list_snapshots().snapshots(0);
  abci::Request offer;
  *offer.mutable_offer_snapshot()->mutable_snapshot() = offered;
  offer.mutable_offer_snapshot()->set_app_hash(app_hash);
  if (handle(offer).offer_snapshot().result() != pb::ResponseOfferSnapshot::ACCEPT) return false;
  for (std::uint32_t i = 0; i < offered.chunks(); ++i) {
    abci::Request load;
    load.mutable_load_snapshot_chunk()->set_height(offered.height());
    load.mutable_load_snapshot_chunk()->set_chunk(i);
    abci::Request apply;
    apply.mutable_apply_snapshot_chunk()->set_index(i);
    apply.mutable_apply_snapshot_chunk()->set_chunk(
        giver.handle(load).load_snapshot_chunk().chunk());
    const auto result = handle(apply).apply_snapshot_chunk().result();
    if (result != pb::ResponseApplySnapshotChunk::ACCEPT) return false;
  }
  return true;
}

Bytes CometWorld::transfer(const crypto::SigningKey& from, const crypto::SigningKey& to,
                           std::uint64_t amount, TxPlan plan) {
  TxMsg msg;
  auto* send = msg.mutable_bank()->mutable_send();
  send->set_sender(to_string(address(from)));
  send->set_to(to_string(address(to)));
  send->mutable_coin()->set_denom("ucbm");
  send->mutable_coin()->set_amount(amount);
  plan.chain_id = "test-1";
  plan.msgs = {msg};
  return sign_tx(plan, from);
}

Bytes CometWorld::send(std::uint64_t nonce, std::uint64_t amount, std::uint64_t fee,
                       std::uint64_t gas) {
  return transfer(*alice_, *bob_, amount, {{}, {}, nonce, fee, gas, {}});
}

Bytes CometWorld::send_back(std::uint64_t nonce, std::uint64_t amount, std::uint64_t fee) {
  return transfer(*bob_, *alice_, amount, {{}, {}, nonce, fee, 100'000, {}});
}

std::uint64_t CometWorld::bob_has() const {
  cambium::bank::v1::Balance balance;
  const auto view = ledger->view();
  const auto bytes = view->get(chain::bank::kBalances.key({address(*bob_), "ucbm"}));
  return bytes ? chain::bank::kBalances.decoded(*bytes).amount() : 0;
}

}  // namespace cambium::engine::testing
