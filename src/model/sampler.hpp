// From logits to a token. Each draw is seeded by H(request || client nonce || position), so that an
// auditor who knows the request checks every token against its own draw.
#pragma once

#include <cstdint>
#include <span>

#include "base/bytes.hpp"
#include "base/ids.hpp"
#include "base/result.hpp"

namespace cambium::model {

struct Sampling {
  float temperature = 1.0F;  // 0: always the likeliest token
  float top_p = 1.0F;        // keep the likeliest tokens up to this probability mass
  std::uint32_t top_k = 0;   // keep this many; 0: all
  float min_p = 0.0F;        // drop tokens below this fraction of the likeliest one's probability
  Hash request;              // what was asked for, hashed
  std::uint64_t nonce = 0;   // chosen by the client; its `seed`
};

/// A sentence for a value outside its range.
Status validate(const Sampling& sampling);

/// The uniform number in [0, 1) that decides position `position`.
double draw_at(const Sampling& sampling, std::uint64_t position);

/// Filters and draws; ties in probability go to the lower token. `logits` must be finite.
std::uint32_t sample(const Sampling& sampling, std::span<const float> logits,
                     std::uint64_t position);

}  // namespace cambium::model
