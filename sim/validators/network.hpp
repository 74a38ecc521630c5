// A network of validators and clients that lives through a story, and what the checkers found.
#pragma once

#include "base/ids.hpp"
#include "sim/validators/story.hpp"

namespace cambium::sim {

struct Outcome {
  std::uint64_t blocks = 0;
  std::uint64_t rounds = 0;
  std::uint64_t acknowledged = 0;
  std::uint64_t applied = 0;         // of those, with status ok
  std::uint64_t refused_proposals = 0;
  std::uint64_t slashes = 0;
  std::uint32_t censors = 0;         // validators (bits) that were punished for censorship
  std::uint64_t beacon_rounds = 0;   // blocks that carried randomness
  std::uint64_t beacon_groups = 0;
  std::uint64_t failed_sessions = 0;
  std::uint64_t dealers_out = 0;
  Hash digest;                       // over the last app hash and everything acknowledged
  std::vector<std::string> broken;   // empty when all held
};

enum class Signatures : std::uint8_t { stand_in, real };

/// Lives through the story. The same options and story give the same digest.
Outcome live_through(const StoryOptions& options, const std::vector<Action>& story,
                     Signatures signatures = Signatures::stand_in);

/// The shortest story that still breaks the same way: leaves out ever smaller parts while what the
/// first checker said stays the same (after Zeller's delta debugging, 1999).
std::vector<Action> shorten(const StoryOptions& options, std::vector<Action> story,
                            const std::string& complaint);

}  // namespace cambium::sim
