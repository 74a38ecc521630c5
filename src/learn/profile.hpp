// How much of everything the main job does: twelve minutes, two minutes, or a test's few seconds.
#pragma once

#include <cstdint>
#include <string_view>

#include "base/result.hpp"
#include "model/architecture.hpp"

namespace cambium::learn {

enum class Profile : std::uint8_t { full, quick, nano };

/// "full", "quick" or "nano".
Result<Profile> parse_profile(std::string_view text);
std::string_view name(Profile profile);

/// Training length: steps when given, otherwise as many as fit the seconds by a throughput probe.
struct Budget {
  std::uint64_t steps = 0;    // 0: by time
  double seconds = 0;
  double probe_seconds = 5;   // part of `seconds`
  std::uint64_t least_steps = 0;
  std::uint64_t most_steps = 0;  // 0: no bound
};

/// How a contributed expert learns to help its domain and to leave everything else alone. Gates may
/// open on anchor text (a small replay_weight) because the expert has learned to do no harm there
/// (a large replay_loss); gates that must stay shut instead gave half the gain for the same harm.
struct ExpertScheme {
  double rate = 4e-3;          // peak learning rate
  double replay_weight = 0.3;  // of a replay token in the gates' loss: the larger, the less gain
  double replay_loss = 10;     // of a replay token in cross-entropy: the larger, the less harm
  double anchor_share = 0.02;  // of each anchor dataset's tokens that pass a gate at the start
  double most_harm = 0.008;    // nats per token, what held-back anchor text may suffer
  std::uint64_t replay_nano = 550'000'000;  // share of replay rows in a batch
};

struct Recipe {
  model::Architecture architecture;
  std::uint32_t batch_rows = 8;
  std::uint32_t row_tokens = 128;
  double base_rate = 3e-3;    // peak learning rate
  std::uint64_t warm_up = 50;  // steps of the base training
  ExpertScheme scheme;
  Budget base;
  Budget expert;
  Budget reckless;            // of the expert that is shown being refused for harm
  std::uint64_t tokenizer_bytes = 0;   // of text the tokenizer learns from
  std::uint64_t tokens_per_dataset = 0;  // most tokens of a training stream
  std::size_t sequences = 0;           // measured per slice and half
};

Recipe recipe_of(Profile profile);

}  // namespace cambium::learn
