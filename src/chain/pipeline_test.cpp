#include "chain/pipeline.hpp"

#include "cambium/accounts/v1/accounts.pb.h"
#include "chain/detail/invariants.hpp"
#include "chain/key_proto.hpp"
#include "chain/records.hpp"
#include "chain/testing/world.hpp"
#include "schema/canonical.hpp"

namespace cambium::chain::testing {
namespace {

const Actor alice = actor("alice");
const Actor bob = actor("bob");
const Actor carol = actor("carol");

TEST(Pipeline, FeesAreBurntSharedAndRefunded) {  // B/ECON-04
  World w;
  const auto supply = w.supply();
  const auto result = w.run(send(alice, bob, 5));
  EXPECT_EQ(result.status(), 0u);
  EXPECT_EQ(w.balance(alice), cbm(1'000).ucbm - 5 - result.fee_ucbm());
  EXPECT_EQ(w.supply(), supply - result.burnt_ucbm());
  EXPECT_EQ(w.balance(module_address("staking_pool")) + w.balance(module_address("proposer")),
            result.fee_ucbm() - result.burnt_ucbm());
  EXPECT_EQ(w.balance(module_address("fees")), 0u);
}

TEST(Pipeline, MessagesOfOneTransactionAreAtomic) {
  World w;
  const auto result = w.run(send(alice, bob, 5).then(send(alice, carol, cbm(5'000).ucbm)));
  EXPECT_EQ(name(TxStatus(result.status())), "insufficient_funds");
  EXPECT_EQ(result.failed_message(), 2u);
  EXPECT_EQ(w.balance(bob), cbm(1'000).ucbm) << "the first message was undone";
  EXPECT_EQ(w.balance(alice), cbm(1'000).ucbm - result.fee_ucbm()) << "the fee stays";
  EXPECT_EQ(w.next_nonce(alice), 1u);
}

TEST(Pipeline, EverySenderAndThePayerSign) {
  World w;
  w(send(alice, carol, 1).then(send(bob, carol, 2)));
  EXPECT_EQ(w.balance(carol), cbm(1'000).ucbm + 3);
  w(send(alice, bob, 1).payer(carol));
  EXPECT_LT(w.balance(carol), cbm(1'000).ucbm + 3) << "carol paid the fee";
  auto unsigned_payer = send(alice, bob, 1).payer(carol);
  unsigned_payer.signers.pop_back();
  w(unsigned_payer, fails(signature_missing));
}

TEST(Pipeline, EthereumWalletsSignReadableText) {
  const Actor wallet = actor("wallet", KeyType::secp256k1);
  World w(World::genesis({{wallet}, {bob}}));
  auto pay = send(wallet, bob, 5).memo("caf\u00e9");
  w(pay);
  const Bytes body = schema::encode(pay.body);
  const std::string text = sign_text(pay.body, body);
  EXPECT_NE(text.find("chain: \"test-1\""), std::string::npos) << text;
  EXPECT_NE(text.find("1. bank.Send {\"sender\":\"cbm1"), std::string::npos) << text;
  EXPECT_NE(text.find("memo: \"caf\\u00e9\""), std::string::npos) << text;
  EXPECT_NE(text.find(sign_digest(body).hex()), std::string::npos) << text;
}

TEST(Pipeline, TheFrameworkRefusesInThisOrder) {
  World w;
  const auto pay = [&] { return send(alice, bob, 1); };
  w(pay().chain_id("other-1"), fails(wrong_chain));
  w(pay().memo(std::string(257, 'm')), fails(memo_too_long));
  w(pay().fee(10, 0), fails(gas_limit_out_of_range));
  w(pay().fee(10, UINT64_MAX), fails(gas_limit_out_of_range));
  w(pay().timeout(1), fails(expired));
  w(pay().nonce(7), fails(nonce_too_high));
  w(pay());
  w(pay().nonce(0), fails(nonce_too_low));
  w(pay().fee(1, 2'000'000), fails(fee_too_low));
  w(pay().fee(cbm(5'000).ucbm, 2'000'000), fails(fee_unpayable));
  w(pay().fee(50'000, 5'000), fails(out_of_gas));
}

TEST(Pipeline, ForgedAndForeignSignaturesAreRefused) {
  World w;
  Bytes raw = w.bytes(send(alice, bob, 1));
  raw.back() ^= 1;
  EXPECT_EQ(TxStatus(w.block({raw}).results[0].status()), bad_signature);
  auto impostor = send(alice, bob, 1);
  impostor.signers = {bob};
  w(impostor.nonce(0), fails(key_mismatch));
}

TEST(Pipeline, OnlyCanonicalBytesAreTransactions) {
  World w;
  Bytes raw = w.bytes(send(alice, bob, 1));
  append(raw, Bytes{0xf8, 0x07, 0x01});  // an unknown field
  EXPECT_EQ(TxStatus(w.block({raw}).results[0].status()), undecodable);
  EXPECT_EQ(TxStatus(w.block({Bytes(100, 0xff)}).results[0].status()), undecodable);
  EXPECT_EQ(TxStatus(w.block({Bytes{}}).results[0].status()), wrong_chain);
}

TEST(Pipeline, KeysRotateAndTheAddressStays) {
  World w;
  const Actor fresh = actor("fresh");
  cambium::accounts::v1::RotateKey msg;
  *msg.mutable_new_key() = key_to_proto(fresh.key->public_key());
  w(step(alice, msg));
  w(send(alice, bob, 1), fails(key_mismatch));
  auto rotated = send(alice, bob, 1);
  rotated.signers = {fresh};
  w(rotated.nonce(1));
}

TEST(Pipeline, SimulationChangesNothing) {
  World w;
  const Hash before = w.root();
  const auto dry = simulate(w.registry(), w.state(), w.environment(), w.bytes(send(alice, bob, 5)));
  ASSERT_TRUE(dry);
  EXPECT_EQ(dry->result.status(), 0u);
  EXPECT_FALSE(dry->diff.empty());
  w.seal();
  EXPECT_EQ(w.root(), before) << "an empty block leaves the state alone";
}

TEST(Pipeline, TheBlockStopsAtItsGasLimit) {
  auto genesis = World::genesis({{alice}, {bob}});
  *genesis.mutable_params() = default_params();
  genesis.mutable_params()->set_block_gas_limit(2'010'000);
  World w(genesis);
  const auto out = w.block({w.bytes(send(alice, bob, 1)), w.bytes(send(bob, alice, 1))});
  EXPECT_EQ(TxStatus(out.results[0].status()), ok);
  EXPECT_EQ(TxStatus(out.results[1].status()), block_full);
}

/// Writes made behind the bank's back are found by the invariants.
TEST(Invariants, CoinsFromNothingAreFound) {
  World w;
  state::Overlay overlay(w.state());
  GasMeter gas({UINT64_MAX});
  Context ctx(overlay, w.environment(), gas);
  bank::kBalances.put(ctx, {bob.address(), "ucbm"}, [] {
    bank::pb::Balance b;
    b.set_amount(cbm(2'000).ucbm);
    return b;
  }());
  const auto found =
      detail::violations(w.registry(), overlay.diff(), {{.may_mint = true}, overlay});
  ASSERT_EQ(found.size(), 1u);
  EXPECT_NE(found[0].find("bank.supply_conserved"), std::string::npos) << found[0];
}

TEST(Invariants, EntriesOfNoTableAndForeignBytesAreFound) {
  World w;
  state::Overlay overlay(w.state());
  overlay.put(Bytes{0xee, 1, 2}, Bytes{1});
  overlay.put(bank::kBalances.key({bob.address(), "ucbm"}), Bytes{0xff});
  EXPECT_EQ(detail::violations(w.registry(), overlay.diff(), {{}, overlay}).size(), 2u);
}

TEST(Invariants, ARecordOfDefaultsIsStillAnEntry) {
  const bank::pb::Balance nothing;
  EXPECT_EQ(encode_record(nothing), Bytes{0});
  bank::pb::Balance read;
  EXPECT_TRUE(decode_record(Bytes{0}, read));
  EXPECT_FALSE(decode_record(Bytes{}, read));
}

TEST(Invariants, EveryTableOfEveryModuleIsRegisteredOnce) {
  for (const Module& module : all_modules()) {
    for (const TableInfo& table : module.tables) {
      EXPECT_EQ(table.id.module, module.prefix) << module.name << "." << table.label;
    }
  }
}

TEST(Status, NamesAndNumbersAreUnique) {
  std::map<std::uint16_t, std::string_view> seen;
  for (const StatusText& text : all_statuses()) {
    EXPECT_TRUE(seen.emplace(std::uint16_t(text.status), text.name).second) << text.name;
    EXPECT_FALSE(text.what.empty() || text.advice.empty()) << text.name;
  }
  EXPECT_EQ(band(insufficient_funds), StatusBand::failed_with_fee);
  EXPECT_EQ(band(wrong_chain), StatusBand::malformed);
  EXPECT_EQ(band(expired), StatusBand::retry);
}

}  // namespace
}  // namespace cambium::chain::testing
