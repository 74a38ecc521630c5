// Measures a candidate against the head with the bit-exact kernel, and sums it up in integers the
// way the chain stores them: 10^-9 nats per token, no floating point.
#pragma once

#include <functional>
#include <span>
#include <string>
#include <vector>

#include "base/amount.hpp"
#include "base/ids.hpp"
#include "base/result.hpp"
#include "learn/text.hpp"
#include "model/weights.hpp"

namespace cambium::learn {

enum class Half : std::uint8_t { public_half, hidden_half };
std::string_view name(Half half);

/// One half of a dataset's validation shard, as tokens.
struct SliceHalf {
  std::string slice;
  Half half = Half::public_half;
  std::vector<Tokens> sequences;
  std::uint64_t text_bytes = 0;  // of the predicted tokens, for bits per byte; 0: unknown
};

/// Cuts a validation stream and counts its bytes.
Result<SliceHalf> make_slice(const Tokenizer& tokenizer, const TokenStream& stream, Half half,
                             const SequenceCut& cut);

/// floor(nano-nats of the sequence / its predictions), one entry a sequence.
using SequenceLosses = std::vector<std::int64_t>;

struct MeasureOptions {
  unsigned threads = 1;
  /// Sequences done of all; false stops with `cancelled`.
  std::function<bool(std::size_t done, std::size_t of)> on_progress;
};

/// One vector of losses per half, in the order of `halves`. What an evaluator caches of a head.
Result<std::vector<SequenceLosses>> measure(const model::ModelWeights& model,
                                            std::span<const SliceHalf> halves,
                                            const MeasureOptions& options);

/// Paired statistics of one half: exactly the chain's SliceReport.
struct SliceMeasurement {
  std::string slice;
  Half half = Half::public_half;
  std::uint64_t sequences = 0;
  std::uint64_t tokens = 0;
  std::int64_t sum_gain_nano = 0;
  u128 sum_squares = 0;
  std::uint64_t incumbent_loss_nano = 0;  // mean over sequences, floor
  std::uint64_t candidate_loss_nano = 0;
  Hash losses_root;                       // of the candidate's per-sequence losses
};
SliceMeasurement compare(const SliceHalf& half, const SequenceLosses& incumbent,
                         const SequenceLosses& candidate);

/// RFC 6962 root over big-endian u64 losses.
Hash losses_root(const SequenceLosses& losses);

struct Acceptance {
  std::int64_t min_gain_nano = 20'000'000;  // lower bound on both halves of the target
  std::int64_t max_harm_nano = 10'000'000;  // upper bound on every half of the others
};
struct GainForecast {
  std::string slice;
  Half half = Half::public_half;
  std::int64_t mean_nano = 0;
  std::int64_t lower_nano = 0;       // one-sided 99 %
  std::int64_t upper_harm_nano = 0;  // one-sided 99 %
};
struct Forecast {
  bool accepted = false;
  std::string reason;  // one sentence with the number that decided
  std::vector<GainForecast> halves;
};
/// What the chain's verdict will be if everything else is in order; the chain alone decides.
Forecast forecast(std::span<const SliceMeasurement> measurements, std::string_view target,
                  const Acceptance& rules = {});

/// nano-nats per token and a slice's bytes per token to bits per byte.
double bits_per_byte(std::uint64_t loss_nano, std::uint64_t tokens, std::uint64_t text_bytes);

}  // namespace cambium::learn
