// sim_validators [first seed] [seeds] [minutes] [real|stand-in] [beacon]: one line a seed; a
// failing one is told again as the shortest story that still fails. The last line says how fast
// virtual time ran.
#include <fmt/format.h>

#include <chrono>
#include <cstdlib>
#include <ctime>
#include <string_view>

#include "base/log.hpp"
#include "sim/validators/network.hpp"

namespace {

using namespace cambium::sim;

void tell(const StoryOptions& options, const std::vector<Action>& story, const Outcome& outcome) {
  for (const auto& what : outcome.broken) fmt::print("  BROKEN: {}\n", what);
  const auto shortest = shorten(options, story, outcome.broken.front());
  fmt::print("  the shortest story that breaks so, {} of {} actions:\n", shortest.size(),
             story.size());
  for (const auto& action : shortest) fmt::print("    {}\n", to_text(action));
}

}  // namespace

int main(int argc, char** argv) {
  const auto argument = [&](int at, std::uint64_t otherwise) {
    return argc > at ? std::strtoull(argv[at], nullptr, 10) : otherwise;
  };
  const std::uint64_t first = argument(1, 1), seeds = argument(2, 5), minutes = argument(3, 120);
  const auto signatures = argc > 4 && std::string_view(argv[4]) == "real" ? Signatures::real
                                                                          : Signatures::stand_in;
  const bool beacon = argc > 5 && std::string_view(argv[5]) == "beacon";
  spdlog::set_level(spdlog::level::err);
  int failing = 0;
  const std::clock_t began = std::clock();
  for (std::uint64_t seed = first; seed < first + seeds; ++seed) {
    const StoryOptions options{
        .seed = seed,
        .duration_ms = static_cast<std::int64_t>(minutes * 60'000),
        .randomness = beacon ? Randomness::threshold : Randomness::block_hash};
    const auto story = make_story(options);
    const auto outcome = live_through(options, story, signatures);
    fmt::print("seed {} blocks {} rounds {} acknowledged {} applied {} slashes {} digest {}\n",
               seed, outcome.blocks, outcome.rounds, outcome.acknowledged, outcome.applied,
               outcome.slashes, outcome.digest.hex().substr(0, 16));
    if (outcome.broken.empty()) continue;
    ++failing;
    tell(options, story, outcome);
  }
  const double cpu_s = static_cast<double>(std::clock() - began) / CLOCKS_PER_SEC;
  const double hours = static_cast<double>(seeds * minutes) / 60;
  fmt::print("{} simulated hours in {:.1f} CPU-seconds: {:.0f} hours a CPU-minute; {} of {} seeds "
             "failed\n",
             hours, cpu_s, hours / cpu_s * 60, failing, seeds);
  return failing == 0 ? 0 : 1;
}
