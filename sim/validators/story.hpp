// What happens to a network: a list of moments, made from a seed before anything runs, so that a
// failing one can be shortened until only what matters is left.
#pragma once

#include <string>
#include <vector>

#include "base/random.hpp"

namespace cambium::sim {

enum class ActionKind : std::uint8_t {
  pay,            // client `who` sends `value` ucbm to the next client
  delegate,       // client `who` bonds `value` CBM to validator `whom`
  undelegate,     // takes `value` CBM back
  redelegate,     // moves `value` CBM to the validator after `whom`
  withdraw,       // its rewards
  kill,           // validator `who` is killed and comes back after `value` ms
  cut,            // validators in the bit set `who` cannot reach the others for `value` ms
  skew,           // the clock of validator `who` is off by `value` - 5000 ms
  double_sign,    // validator `who` signs two blocks of one height
  bad_proposal,   // validator `who` puts garbage into its next proposal
};
std::string_view name_of(ActionKind kind);

struct Action {
  std::int64_t at_ms = 0;  // from the start
  ActionKind kind = ActionKind::pay;
  std::uint32_t who = 0;
  std::uint32_t whom = 0;
  std::uint64_t value = 0;
  bool operator==(const Action&) const = default;
};
/// "at 12.3 s validator 2 is killed for 4.0 s"
std::string to_text(const Action& action);

enum class Randomness : std::uint8_t { block_hash, threshold };

struct StoryOptions {
  std::uint64_t seed = 1;
  std::int64_t duration_ms = 2 * 3'600'000;
  std::uint32_t validators = 4;
  std::uint32_t clients = 6;
  std::int64_t mean_pay_ms = 20'000;    // between what all clients do; 0: nothing
  std::int64_t mean_fault_ms = 60'000;  // between faults; 0: none
  std::int64_t commit_wait_ms = 500;    // between blocks that have work
  Randomness randomness = Randomness::block_hash;
  std::uint32_t silent = 0;             // validators (bits) that never deal
  std::uint32_t liars = 0;              // that deal one wrong share
  std::uint32_t censors = 0;            // that never propose what every other client sends
  std::uint32_t disturbers = 0;         // clients (bits) that also send what cannot all come
};

/// Without faults at the end: liveness must return in this time.
inline constexpr std::int64_t kQuietMs = 180'000;

/// In order of time. At most a third of the power ever acts against the rules.
std::vector<Action> make_story(const StoryOptions& options);

}  // namespace cambium::sim
