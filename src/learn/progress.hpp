// How training tells what it does and is asked to stop.
#pragma once

#include <cstdint>
#include <functional>

namespace cambium::learn {

struct TrainProgress {
  std::uint64_t step = 0;   // done
  std::uint64_t steps = 0;  // planned
  double loss = 0;          // nats per token, smoothed over about 20 steps
  double tokens_per_s = 0;
  double eta_s = 0;
};

enum class Carry : std::uint8_t { on, stop };

/// Called after every step on the training thread. `stop` ends with ErrorCode::cancelled after a
/// checkpoint, so that the same call later goes on from there.
using OnProgress = std::function<Carry(const TrainProgress&)>;

}  // namespace cambium::learn
