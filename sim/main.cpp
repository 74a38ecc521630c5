// cambium_sim [first seed] [seeds] [minutes]: simulated networks, one line each.
#include <fmt/format.h>

#include <cstdlib>

#include "sim/network.hpp"

int main(int argc, char** argv) {
  const auto argument = [&](int at, std::uint64_t otherwise) {
    return argc > at ? std::strtoull(argv[at], nullptr, 10) : otherwise;
  };
  const std::uint64_t first = argument(1, 1), seeds = argument(2, 5), minutes = argument(3, 10);
  int broken = 0;
  for (std::uint64_t seed = first; seed < first + seeds; ++seed) {
    auto result = cambium::sim::run_network(
        {.seed = seed, .duration_ms = static_cast<std::int64_t>(minutes * 60'000)});
    fmt::print("seed {} steps {} blocks {} acknowledged {} packets {} kills {} digest {}\n", seed,
               result.steps, result.blocks, result.acknowledged, result.packets, result.kills,
               result.digest.hex().substr(0, 16));
    for (const auto& what : result.broken) {
      fmt::print("  BROKEN: {}\n", what);
      ++broken;
    }
  }
  return broken == 0 ? 0 : 1;
}
