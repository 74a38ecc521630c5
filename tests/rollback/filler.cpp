#include "filler.hpp"

#include <filesystem>
#include <random>

#include "base/durable_file.hpp"
#include "cambium/bank/v1/bank.pb.h"
#include "chain/modules/bank/bank.hpp"
#include "chain/modules/interchain/interchain.hpp"
#include "engine/storage/lmdb_store.hpp"

namespace cambium::engine::testing {
namespace {

constexpr std::size_t kRecordBytes = 560;
constexpr std::uint64_t kAtOnce = 20'000;
constexpr std::uint64_t kBalanceEvery = 8;

class Filler {
 public:
  explicit Filler(state::Tree tree) : tree_(std::move(tree)) {}

  void run(std::uint64_t records) {
    for (std::uint64_t done = 0; done < records;) {
      const std::uint64_t now = std::min(kAtOnce, records - done);
      for (std::uint64_t i = 0; i < now; ++i) add(++done);
      commit();
    }
  }
  /// One ucbm went to each account of a balance.
  std::uint64_t given() const { return given_; }
  void put(Bytes key, Bytes value) { entries_[std::move(key)] = std::move(value); }
  void commit() {
    std::vector<state::Update> updates;
    for (const auto& [key, value] : entries_) updates.push_back({key, ByteView(value)});
    ASSERT_TRUE(tree_.stage(tree_.latest()->next(), updates));
    ASSERT_TRUE(tree_.commit(state::Durability::buffered));
    entries_.clear();
  }
  const state::Tree& tree() const { return tree_; }

 private:
  void add(std::uint64_t number) {
    if (number % kBalanceEvery == 0) {
      crypto::Address account;
      for (auto& byte : account.data) byte = static_cast<std::uint8_t>(random_());
      cambium::bank::v1::Balance balance;
      balance.set_amount(1);
      put(chain::bank::kBalances.key({account, "ucbm"}), chain::encode_record(balance));
      ++given_;
      return;
    }
    std::string noise(kRecordBytes, '\0');
    for (std::size_t i = 0; i + 8 <= noise.size(); i += 8) {
      const std::uint64_t word = random_();
      std::memcpy(noise.data() + i, &word, sizeof word);
    }
    cambium::interchain::v1::Acknowledgements record;
    record.add_items(std::move(noise));
    put(chain::interchain::kAcks.key({"filler", number}), chain::encode_record(record));
  }

  state::Tree tree_;
  std::mt19937_64 random_{7};
  std::uint64_t given_ = 0;
  std::map<Bytes, Bytes> entries_;
};

}  // namespace

void fill(const RecoveryHome& home, const std::string& alias, std::uint64_t mib) {
  chain::v1::Genesis before;
  HeadRecord head;
  {
    const auto stopped = home.stopped(alias);  // closed again before the state is written
    before = stopped.genesis();
    head = stopped.head_at(*stopped.newest()).value();
  }
  const auto registry = chain::registry_for(before).value();
  const auto chain = ChainHome::of(home.root, alias);
  const auto store = open_lmdb_store(chain.state()).value();
  Filler filler(state::Tree::open(*store).value());
  filler.run((mib << 20) / kRecordBytes);
  const Bytes alice =
      chain::bank::kBalances.key({crypto::address_of(home.alice->public_key()), "ucbm"});
  auto balance = chain::bank::kBalances.decoded(
      *state::HeightView::open_latest(*store)->get(alice));
  balance.set_amount(balance.amount() - filler.given());
  filler.put(alice, chain::encode_record(balance));
  filler.commit();
  chain::v1::Origin origin;
  origin.set_chain_id(before.chain_id());
  origin.set_height(head.height.value);
  const Height below = *filler.tree().latest();
  const auto genesis = chain::continue_genesis(
      registry, {{before.chain_id(), below.next(), {}}, head.time, filler.tree().root(), origin});
  ASSERT_TRUE(write_owner_records(*store, {{below, head.time, head.hash},
                                           chain::genesis_hash(genesis)}));
  const std::string json = chain::genesis_to_json(genesis);
  ASSERT_TRUE(write_durably(chain.genesis(), {as_bytes(json)}));
  std::filesystem::remove_all(chain.blocks());
}

}  // namespace cambium::engine::testing
