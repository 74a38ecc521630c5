// grow_state HOME MIB: adds noise to the state of a stopped home's utility chain, so that what is
// shown on real processes is shown on a large state as well. The chain's blocks no longer lead to
// it: export it and import it into every node of the network.
#include <fmt/format.h>

#include <cstdlib>
#include <cstring>
#include <random>

#include "base/durable_file.hpp"
#include "chain/modules/interchain/interchain.hpp"
#include "engine/recovery/stopped_chain.hpp"
#include "engine/storage/lmdb_store.hpp"

namespace cambium::engine {
namespace {

constexpr std::size_t kRecordBytes = 560;
constexpr std::uint64_t kAtOnce = 20'000;

std::pair<Bytes, Bytes> record(std::uint64_t number, std::mt19937_64& random) {
  std::string noise(kRecordBytes, '\0');
  for (std::size_t i = 0; i + 8 <= noise.size(); i += 8) {
    const std::uint64_t word = random();
    std::memcpy(noise.data() + i, &word, sizeof word);
  }
  cambium::interchain::v1::Acknowledgements out;
  out.add_items(std::move(noise));
  return {chain::interchain::kAcks.key({"filler", number}), chain::encode_record(out)};
}

Status add_noise(state::Tree& tree, std::uint64_t records) {
  std::mt19937_64 random(7);
  for (std::uint64_t done = 0; done < records;) {
    std::map<Bytes, Bytes> entries;
    while (entries.size() < kAtOnce && done < records) entries.insert(record(++done, random));
    std::vector<state::Update> updates;
    for (const auto& [key, value] : entries) updates.push_back({key, ByteView(value)});
    TRY(const auto root, tree.stage(tree.latest()->next(), updates));
    static_cast<void>(root);
    TRY_STATUS(tree.commit(state::Durability::buffered));
  }
  return {};
}

Status grow(const std::filesystem::path& home, std::uint64_t mib) {
  const std::string alias = "utility";
  const auto paths = ChainHome::of(home, alias);
  chain::v1::Genesis before;
  HeadRecord head;
  {
    TRY(const auto stopped, StoppedChain::open(home, alias));  // closed before the state is written
    before = stopped.genesis();
    TRY(head, stopped.head_at(*stopped.newest()));
  }
  TRY(const auto registry, chain::registry_for(before));
  TRY(const auto store, open_lmdb_store(paths.state()));
  TRY(auto tree, state::Tree::open(*store));
  TRY_STATUS(add_noise(tree, (mib << 20) / kRecordBytes));
  const Height newest = *tree.latest();
  chain::v1::Origin origin;
  origin.set_chain_id(before.chain_id());
  origin.set_height(head.height.value);
  const auto genesis = chain::continue_genesis(
      registry, {{before.chain_id(), newest.next(), {}}, head.time, tree.root(), origin});
  TRY_STATUS(write_owner_records(*store, {{newest, head.time, head.hash},
                                          chain::genesis_hash(genesis)}));
  const std::string json = chain::genesis_to_json(genesis);
  TRY_STATUS(write_durably(paths.genesis(), {as_bytes(json)}));
  std::filesystem::remove_all(paths.blocks());
  fmt::print("height {}, state {}\n", newest.value, tree.root().hex());
  return {};
}

}  // namespace
}  // namespace cambium::engine

int main(int argc, char** argv) {
  if (argc != 3) return 2;
  const auto grown = cambium::engine::grow(argv[1], std::strtoull(argv[2], nullptr, 10));
  if (!grown) fmt::print(stderr, "{}\n", grown.error().message);
  return grown ? 0 : 1;
}
