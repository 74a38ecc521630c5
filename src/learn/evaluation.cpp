#include "learn/evaluation.hpp"

#include <algorithm>
#include <numbers>

#include "base/check.hpp"
#include "crypto/merkle.hpp"

namespace cambium::learn {
namespace {

std::int64_t floor_div(std::int64_t a, std::int64_t b) {
  return a / b - (a % b != 0 && (a % b < 0) != (b < 0) ? 1 : 0);
}

std::uint64_t mean_of(const SequenceLosses& losses) {
  u128 sum = 0;
  for (const std::int64_t loss : losses) sum += static_cast<std::uint64_t>(loss);
  return losses.empty() ? 0 : static_cast<std::uint64_t>(sum / losses.size());
}

}  // namespace

std::string_view name(Half half) {
  return half == Half::public_half ? "public" : "hidden";
}

Result<SliceHalf> make_slice(const Tokenizer& tokenizer, const TokenStream& stream, Half half,
                             const SequenceCut& cut) {
  SliceHalf out{stream.dataset, half, cut_sequences(stream, cut), 0};
  for (const Tokens& sequence : out.sequences) {
    TRY(const Bytes text, tokenizer.decode(std::span(sequence).subspan(1)));
    out.text_bytes += text.size();
  }
  return out;
}

Result<std::vector<SequenceLosses>> measure(const model::ModelWeights& model,
                                            std::span<const SliceHalf> halves,
                                            const MeasureOptions& options) {
  std::size_t of = 0;
  for (const SliceHalf& half : halves) of += half.sequences.size();
  std::size_t before = 0;
  std::vector<SequenceLosses> out;
  for (const SliceHalf& half : halves) {
    model::EvalOptions eval;
    eval.threads = options.threads;
    if (options.on_progress) {
      eval.on_progress = [&](std::size_t done) { return options.on_progress(before + done, of); };
    }
    TRY(const auto losses, model::evaluate(model.view(), half.sequences, eval));
    SequenceLosses& mine = out.emplace_back();
    for (const model::SequenceLoss& loss : losses) {
      mine.push_back(floor_div(loss.nano_nats, static_cast<std::int64_t>(loss.nats.size())));
    }
    before += half.sequences.size();
  }
  return out;
}

Hash losses_root(const SequenceLosses& losses) {
  std::vector<Hash> leaves;
  for (const std::int64_t loss : losses) {
    Bytes bytes;
    append_be64(bytes, static_cast<std::uint64_t>(loss));
    leaves.push_back(crypto::merkle_leaf(bytes));
  }
  return crypto::merkle_root(leaves);
}

SliceMeasurement compare(const SliceHalf& half, const SequenceLosses& incumbent,
                         const SequenceLosses& candidate) {
  CHECK(incumbent.size() == candidate.size() && incumbent.size() == half.sequences.size(),
        "losses of another slice");
  SliceMeasurement out;
  out.slice = half.slice;
  out.half = half.half;
  out.sequences = half.sequences.size();
  for (const Tokens& sequence : half.sequences) out.tokens += sequence.size() - 1;
  for (std::size_t i = 0; i < incumbent.size(); ++i) {
    const std::int64_t gain = incumbent[i] - candidate[i];
    const auto size = static_cast<std::uint64_t>(gain < 0 ? -gain : gain);
    out.sum_gain_nano += gain;
    out.sum_squares += static_cast<u128>(size) * size;
  }
  out.incumbent_loss_nano = mean_of(incumbent);
  out.candidate_loss_nano = mean_of(candidate);
  out.losses_root = losses_root(candidate);
  return out;
}

double bits_per_byte(std::uint64_t loss_nano, std::uint64_t tokens, std::uint64_t text_bytes) {
  if (text_bytes == 0) return 0;
  const double nats = static_cast<double>(loss_nano) / 1e9 * static_cast<double>(tokens);
  return nats / std::numbers::ln2 / static_cast<double>(text_bytes);
}

}  // namespace cambium::learn
