// Our side of benchmark 8: writes experts as payload files, or loads some and says what it cost.
//   bench_load write DIR COUNT INNER HIDDEN
//   bench_load load DIR none|lazy|eager EXPERT...
#include <fmt/format.h>

#include <cstdlib>
#include <cstring>
#include <fstream>
#include <string>
#include <vector>

#include "base/clock.hpp"
#include "base/random.hpp"
#include "tensor/convert.hpp"
#include "tensor/mapped_bundle.hpp"

using namespace cambium;
using namespace cambium::tensor;

namespace {

[[noreturn]] void stop(const Error& error) {
  fmt::print(stderr, "{}\n", error.message);
  std::exit(1);
}

template <class T>
T need(Result<T> result) {
  if (!result) stop(result.error());
  return std::move(*result);
}

/// Random fp16 bits with small exponents, so that every weight is finite.
OwnedTensor random_matrix(Random& random, Shape shape) {
  OwnedTensor out{DType::fp16, shape, std::vector<std::byte>(shape.rows * shape.cols * 2), {}};
  for (std::size_t at = 0; at + 8 <= out.data.size(); at += 8) {
    const auto bits = random.next_u64() & 0xafffafffafffafffULL;
    std::memcpy(out.data.data() + at, &bits, sizeof bits);
  }
  return out;
}

void write_experts(const std::filesystem::path& dir, int count, Shape shape) {
  std::filesystem::create_directories(dir);
  std::ofstream roots(dir / "roots");
  SeededRandom random(1);
  for (int i = 0; i < count; ++i) {
    const auto gate = random_matrix(random, shape);
    const auto up = random_matrix(random, shape);
    const auto down = random_matrix(random, {shape.cols, shape.rows});
    BundleWriter writer;
    for (auto [name, tensor] : {std::pair("gate", &gate), {"up", &up}, {"down", &down}}) {
      if (auto added = writer.add(name, tensor->view()); !added) stop(added.error());
    }
    const auto content = need(writer.finish());
    roots << need(write_payload_file(dir / std::to_string(i), content)).hex() << '\n';
  }
}

/// Resident bytes of this process by /proc/self/smaps_rollup.
std::uint64_t resident(std::string_view field) {
  std::ifstream rollup("/proc/self/smaps_rollup");
  std::string line;
  while (std::getline(rollup, line)) {
    if (!line.starts_with(field)) continue;
    return std::stoull(line.substr(line.find_first_of("0123456789"))) * 1024;
  }
  return 0;
}

/// Four sums at a time, so that memory and not the chain of additions sets the pace.
std::uint64_t sum_words(const TensorView& view) {
  std::uint64_t sums[4] = {};
  std::size_t at = 0;
  for (; at + 32 <= view.data.size(); at += 32) {
    std::uint64_t words[4];
    std::memcpy(words, view.data.data() + at, sizeof words);
    for (int i = 0; i < 4; ++i) sums[i] += words[i];
  }
  for (; at + 8 <= view.data.size(); at += 8) {
    std::uint64_t word;
    std::memcpy(&word, view.data.data() + at, sizeof word);
    sums[0] += word;
  }
  return sums[0] + sums[1] + sums[2] + sums[3];
}

void load_experts(const std::filesystem::path& dir, Verify verify, std::vector<int> experts) {
  std::vector<Hash> roots;
  std::ifstream lines(dir / "roots");
  for (std::string line; std::getline(lines, line);) roots.push_back(*Hash::from_hex(line));
  const SystemClock clock;
  const auto rss = resident("Rss:");
  const auto anonymous = resident("Anonymous:");

  const auto start = clock.monotonic_ns();
  std::vector<std::unique_ptr<MappedBundle>> kept;
  std::vector<TensorView> views;
  std::vector<std::filesystem::path> paths;
  for (const int expert : experts) paths.push_back(dir / std::to_string(expert));
  MappedBundle::announce(paths);
  for (const int expert : experts) {
    kept.push_back(need(MappedBundle::open(dir / std::to_string(expert),
                                           roots.at(static_cast<std::size_t>(expert)), verify)));
    for (const auto* name : {"gate", "up", "down"}) {
      views.push_back(need(kept.back()->tensor(name)));
    }
  }
  const auto ready = clock.monotonic_ns();
  const auto rss_ready = resident("Rss:");
  const auto use = clock.monotonic_ns();
  std::uint64_t sum = 0;
  for (const auto& bundle : kept) {
    for (const auto& entry : bundle->bundle().entries()) bundle->prefetch(entry.name);
  }
  for (const auto& view : views) sum += sum_words(view);
  const auto used = clock.monotonic_ns();
  fmt::print("{{\"ready_ms\":{},\"use_ms\":{},\"pages\":{},\"extra_bytes\":{},\"sum\":{}}}\n",
             static_cast<double>(ready - start) / 1e6,
             static_cast<double>(ready - start + used - use) / 1e6, (rss_ready - rss) / 4096,
             resident("Anonymous:") - anonymous, sum);
}

}  // namespace

int main(int argc, char** argv) {
  const std::vector<std::string> words(argv + 1, argv + argc);
  if (words.size() == 5 && words[0] == "write") {
    write_experts(words[1], std::stoi(words[2]), {std::stoull(words[3]), std::stoull(words[4])});
    return 0;
  }
  if (words.size() < 4 || words[0] != "load") {
    fmt::print(stderr, "usage: bench_load write DIR COUNT INNER HIDDEN\n"
                       "       bench_load load DIR none|lazy|eager EXPERT...\n");
    return 2;
  }
  const auto verify = words[2] == "none"   ? Verify::none
                      : words[2] == "lazy" ? Verify::lazy
                                           : Verify::eager;
  std::vector<int> experts;
  for (std::size_t i = 3; i < words.size(); ++i) experts.push_back(std::stoi(words[i]));
  load_experts(words[1], verify, experts);
}
