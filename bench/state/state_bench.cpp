// Benchmark 2, our side: random updates with a root per block.
// Usage: bench_state BACKEND KEYS PER_BLOCK BLOCKS [FOLDER]; BACKEND is memory, lmdb, rocksdb, or
// node: what a node runs, LMDB behind gathered writes plus a log of each block's updates that is
// synced per block (the engine's block log), with a last checkpoint inside the measured time.
// "+nosync" after it leaves out the sync per block, "+prune" keeps only the ten newest heights.
// Prints one line of key=value pairs that bench/state/run reads.
#include <fmt/format.h>
#include <sys/resource.h>

#include <algorithm>
#include <chrono>
#include <cstdio>
#include <cstdlib>

#include "base/random.hpp"
#include "crypto/sha256_batch.hpp"
#include "engine/storage/lmdb_store.hpp"
#include "engine/storage/write_behind_store.hpp"
#include "redo_log.hpp"
#include "state/tree.hpp"
#include "stores.hpp"

namespace cambium::bench {
namespace {

struct Times {
  double wall_s;
  double cpu_s;
};

Times now() {
  rusage usage{};
  getrusage(RUSAGE_SELF, &usage);
  const auto seconds = [](const timeval& t) { return double(t.tv_sec) + double(t.tv_usec) * 1e-6; };
  const auto wall = std::chrono::steady_clock::now().time_since_epoch();
  return {std::chrono::duration<double>(wall).count(),
          seconds(usage.ru_utime) + seconds(usage.ru_stime)};
}

Times since(const Times& start) {
  const Times end = now();
  return {end.wall_s - start.wall_s, end.cpu_s - start.cpu_s};
}

// The same keys and values as every peer: key i is SHA-256(i as 8 bytes), values are 64 bytes.
Bytes key_of(std::uint64_t i) {
  Bytes number;
  append_be64(number, i);
  const ByteView views[1] = {number};
  Hash out;
  crypto::sha256_each(views, std::span(&out, 1));
  return to_bytes(out.view());
}

struct Job {
  std::string backend;
  std::uint64_t keys, per_block, blocks;
  bool sync, prune;
  std::string folder;
};

struct Block {
  std::vector<std::pair<Bytes, Bytes>> entries;
  void sort() {
    std::sort(entries.begin(), entries.end());
    entries.erase(std::unique(entries.begin(), entries.end(),
                              [](const auto& a, const auto& b) { return a.first == b.first; }),
                  entries.end());
  }
};

Bytes value_of(Random& random) {
  Bytes value(64);
  random.fill(value);
  return value;
}

Status commit(state::Tree& tree, std::uint64_t height, Block& block, state::Durability how) {
  block.sort();
  std::vector<state::Update> updates;
  for (const auto& [key, value] : block.entries) updates.push_back({key, ByteView(value)});
  TRY_STATUS(tree.stage({height}, updates));
  return tree.commit(how);
}

Status run(const Job& job, state::NodeStore& store) {
  SeededRandom random(42);
  TRY(auto tree, state::Tree::open(store));
  std::uint64_t height = 0;
  auto start = now();
  for (std::uint64_t i = 0; i < job.keys;) {
    Block block;
    for (std::uint64_t n = 0; n < 10'000 && i < job.keys; ++n, ++i)
      block.entries.push_back({key_of(i), value_of(random)});
    TRY_STATUS(commit(tree, ++height, block, state::Durability::buffered));
  }
  TRY_STATUS(store.sync());
  const auto load = since(start);

  std::vector<Block> blocks(job.blocks);
  for (auto& block : blocks)
    for (std::uint64_t n = 0; n < job.per_block; ++n)
      block.entries.push_back({key_of(random.below(job.keys)), value_of(random)});
  const bool is_node = job.backend.starts_with("node");
  const auto how =
      job.sync && !is_node ? state::Durability::synced : state::Durability::buffered;
  RedoLog log(is_node ? job.folder + "/redo" : "");
  start = now();
  for (auto& block : blocks) {
    if (is_node) log.append(block.entries);
    TRY_STATUS(commit(tree, ++height, block, how));
    if (job.prune && height > 10) {
      TRY_STATUS(tree.prune({height - 10}, 100'000));
    }
  }
  if (is_node) {
    TRY_STATUS(store.sync());
  }
  const auto update = since(start);
  const double count = double(job.per_block * job.blocks);
  fmt::print("who=cambium backend={} keys={} per_block={} blocks={} load_wall_s={:.3f} "
             "load_cpu_s={:.3f} wall_s={:.3f} cpu_s={:.3f} per_s={:.0f} per_cpu_s={:.0f} "
             "root={}\n",
             job.backend, job.keys, job.per_block, job.blocks, load.wall_s, load.cpu_s,
             update.wall_s, update.cpu_s, count / update.wall_s, count / update.cpu_s,
             tree.root().hex());
  return {};
}

Result<std::unique_ptr<state::NodeStore>> open_store(std::string_view backend,
                                                     const char* folder) {
  if (backend.starts_with("memory")) return make_flat_store();
  if (backend.starts_with("lmdb")) return engine::open_lmdb_store(folder);
  if (backend.starts_with("node")) return engine::open_state_store(folder);
#ifdef CAMBIUM_BENCH_ROCKSDB
  if (backend.starts_with("rocksdb")) return open_rocks_store(folder);
#endif
  return fail(ErrorCode::invalid_input, "the back end is memory, lmdb or rocksdb");
}

}  // namespace
}  // namespace cambium::bench

int main(int argc, char** argv) {
  using namespace cambium;
  if (argc < 5) {
    std::fprintf(stderr, "usage: bench_state BACKEND KEYS PER_BLOCK BLOCKS [FOLDER]\n");
    return 2;
  }
  const std::string backend = argv[1];
  const bench::Job job{backend,
                       std::strtoull(argv[2], nullptr, 10),
                       std::strtoull(argv[3], nullptr, 10),
                       std::strtoull(argv[4], nullptr, 10),
                       backend.find("+nosync") == std::string::npos,
                       backend.find("+prune") != std::string::npos,
                       argc > 5 ? argv[5] : ""};
  auto store = bench::open_store(backend, argc > 5 ? argv[5] : "");
  const Status status = store ? bench::run(job, **store) : Status(forward_error(std::move(store)));
  if (!status) std::fprintf(stderr, "%s\n", status.error().message.c_str());
  return status ? 0 : 1;
}
