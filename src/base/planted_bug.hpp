// Bugs planted on purpose, to prove that simulation sees them. Only builds made with
// CAMBIUM_PLANTED_BUGS have them; everywhere else `planted` is false while compiling and leaves
// nothing behind.
#pragma once

#include <cstdint>

namespace cambium {

enum class PlantedBug : std::uint8_t {
  none,
  transfer_credits_twice,   // the receiver gets double
  burn_keeps_supply,        // burnt coins stay in the books
  nonce_not_used,           // a transaction may come again
  double_sign_unpunished,
  double_sign_punished_twice,
  jailed_stays_in_set,
  forgets_last_tx,          // the first block after a start loses its last transaction
  wakes_a_block_ahead,      // a restarted application claims a block it does not have
  votes_for_garbage,
  censors_some,             // a proposer leaves a quarter of all transactions out
};
inline constexpr std::uint8_t kPlantedBugs = 10;

#ifdef CAMBIUM_PLANTED_BUGS
/// The one that is live; the simulator sets it before a run.
inline PlantedBug live_planted_bug = PlantedBug::none;
inline bool planted(PlantedBug bug) { return live_planted_bug == bug; }
#else
constexpr bool planted(PlantedBug) { return false; }
#endif

}  // namespace cambium
