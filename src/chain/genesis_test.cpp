#include "chain/genesis.hpp"

#include "chain/query.hpp"
#include "chain/testing/world.hpp"

namespace cambium::chain::testing {
namespace {

const Actor alice = actor("alice");
const Actor bob = actor("bob");

Hash root_of(const state::Diff& diff) {
  const auto store = state::make_memory_store();
  auto tree = *state::Tree::open(*store);
  return *tree.stage({1}, state::updates_of(diff));
}

TEST(Genesis, ExportedAndImportedItHasTheSameRoot) {
  World w;
  w(send(alice, bob, 5));
  w(burn(bob, 7));
  const auto exported = export_genesis(w.registry(), w.state(), w.info());
  const auto text = genesis_to_json(exported);
  const auto read = genesis_from_json(text);
  ASSERT_TRUE(read) << read.error().message;
  EXPECT_EQ(genesis_hash(*read), genesis_hash(exported));
  const auto diff = init_genesis(*registry_for(*read), *read);
  ASSERT_TRUE(diff) << diff.error().message;
  EXPECT_EQ(root_of(*diff), w.root());
  World again(*read);
  again(send(alice, bob, 5));
  EXPECT_EQ(again.height().value, w.height().value + 1);
}

TEST(Genesis, ReplayFromTheStartGivesTheSameRoot) {
  World w;
  for (int i = 0; i < 5; ++i) w(send(alice, bob, 5));
  World again(w.first());
  for (const auto& txs : w.history()) again.block(txs);
  EXPECT_EQ(again.root(), w.root());
}

TEST(Genesis, PeopleCanReadAndWriteIt) {
  const auto genesis = World::genesis({{alice}}, {"nodes"});
  const auto read = genesis_from_json(genesis_to_json(genesis));
  ASSERT_TRUE(read) << read.error().message;
  EXPECT_EQ(genesis_hash(*read), genesis_hash(genesis));
}

TEST(Genesis, MistakesSayWhatToDo) {
  const auto message = [](std::string_view json) {
    const auto genesis = genesis_from_json(json);
    if (!genesis) return genesis.error().message;
    const auto diff = init_genesis(*registry_for(*genesis), *genesis);
    return diff ? std::string() : diff.error().message;
  };
  EXPECT_NE(message(R"({"chain_idd":"x"})").find("chain_idd"), std::string::npos);
  EXPECT_NE(message(R"({"modules":{"bonk":{}}})").find("bonk"), std::string::npos);
  EXPECT_NE(message(R"({"initial_height":"1"})").find("chain_id"), std::string::npos);
  EXPECT_NE(message(R"({"chain_id":"x","initial_height":1,"modules":{"bank":{"allocations":
      [{"purpose":"p","account":"00","coin":{"denom":"ucbm","amount":"1"}}]}}})")
                .find("not an address"), std::string::npos);
}

TEST(Query, AnswersCarryTheKeyThatProvesThem) {
  World w;
  const std::string request = "{\"account\":\"" + alice.address().text() + "\"}";
  const auto answer = ask(w.registry(), w.state(), w.environment(), {"bank", "balance"}, request);
  ASSERT_TRUE(answer) << answer.error().message;
  EXPECT_NE(answer->json.find("\"spendable\":\"1000000000\""), std::string::npos) << answer->json;
  const auto entry = describe_key(w.registry(), answer->key);
  EXPECT_EQ(entry.module, "bank");
  EXPECT_EQ(entry.label, "balance " + alice.address().text() + "/ucbm");
  const auto json = entry_to_json(w.registry(), answer->key, *w.state().get(answer->key));
  EXPECT_EQ(json, R"({"amount":"1000000000","held":"0"})");
}

TEST(Query, UnknownNamesListWhatThereIs) {
  World w;
  const auto answer = ask(w.registry(), w.state(), w.environment(), {"bank", "balnce"}, "{}");
  ASSERT_FALSE(answer);
  EXPECT_NE(answer.error().message.find("balance, balances, supply"), std::string::npos);
  EXPECT_EQ(describe_key(w.registry(), Bytes{3, 1, 0}).module, "unknown");
}

TEST(Header, ASignedHeaderVerifiesAndAChangedOneDoesNot) {
  v1::Header header;
  header.set_chain_id("test-1");
  header.set_height(7);
  *header.mutable_proposer() = key_to_proto(alice.key->public_key());
  auto signed_header = sign_header(header, *alice.key);
  const crypto::BasicVerifier verifier;
  EXPECT_TRUE(verify_header(signed_header, verifier));
  for (auto* part : {signed_header.mutable_header(), signed_header.mutable_signature()}) {
    for (std::size_t bit = 0; bit < part->size() * 8; ++bit) {
      (*part)[bit / 8] ^= 1 << (bit % 8);
      EXPECT_FALSE(verify_header(signed_header, verifier)) << "bit " << bit;
      (*part)[bit / 8] ^= 1 << (bit % 8);
    }
  }
}

TEST(Header, AnyFlippedBitOfATransactionChangesTheRoot) {
  std::vector<Bytes> txs{to_bytes("first"), to_bytes(""), to_bytes("third")};
  const Hash root = tx_root(txs);
  for (Bytes& tx : txs) {
    for (std::size_t bit = 0; bit < tx.size() * 8; ++bit) {
      tx[bit / 8] ^= 1 << (bit % 8);
      EXPECT_NE(tx_root(txs), root) << "bit " << bit;
      tx[bit / 8] ^= 1 << (bit % 8);
    }
  }
}

}  // namespace
}  // namespace cambium::chain::testing
