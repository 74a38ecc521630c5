// Two chains, a relayer and clients in one virtual world with faults from one seed, and outside
// checkers that know what must hold whatever happened.
#pragma once

#include <set>
#include <string>
#include <vector>

#include "engine/relayer.hpp"
#include "sim/scheduler.hpp"
#include "sim/sim_chain.hpp"

namespace cambium::sim {

struct SimOptions {
  std::uint64_t seed = 1;
  std::int64_t duration_ms = 600'000;  // of virtual time
  std::int64_t mean_kill_ms = 20'000;  // between kills; 0: never
  std::uint64_t drop_percent = 10;     // of submissions that never arrive
};

struct SimResult {
  std::uint64_t steps = 0;
  std::uint64_t acknowledged = 0;  // transactions whose sender saw them final
  std::uint64_t kills = 0;
  std::uint64_t packets = 0;       // delivered to the compute chain
  std::uint64_t blocks = 0;
  Hash digest;                     // over both chains' heads: same seed, same digest
  std::vector<std::string> broken; // what a checker found; empty when all held
};

SimResult run_network(const SimOptions& options);

}  // namespace cambium::sim
