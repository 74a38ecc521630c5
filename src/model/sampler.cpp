#include "model/sampler.hpp"

#include <algorithm>
#include <cmath>
#include <vector>

#include "crypto/sha256.hpp"

namespace cambium::model {
namespace {

struct Candidate {
  double weight;  // exp of the scaled logit, relative to the greatest
  std::uint32_t token;
};

// Heap order: the likeliest on top, ties to the lower token.
bool less_likely(const Candidate& a, const Candidate& b) {
  return a.weight != b.weight ? a.weight < b.weight : a.token > b.token;
}

std::uint32_t pick(std::span<const Candidate> kept, double total, double draw) {
  double left = draw * total;
  for (const Candidate& candidate : kept) {
    left -= candidate.weight;
    if (left < 0.0) return candidate.token;
  }
  return kept.back().token;  // the draw fell into rounding at the end
}

// The likeliest candidates within top_k and top_p, in falling order.
std::vector<Candidate> nucleus(const Sampling& s, std::vector<Candidate> all, double total) {
  std::make_heap(all.begin(), all.end(), less_likely);
  const std::size_t most = s.top_k == 0 ? all.size() : std::min<std::size_t>(s.top_k, all.size());
  std::vector<Candidate> kept;
  double mass = 0.0;
  while (kept.size() < most && (kept.empty() || mass < static_cast<double>(s.top_p) * total)) {
    std::pop_heap(all.begin(), all.end(), less_likely);
    kept.push_back(all.back());
    mass += all.back().weight;
    all.pop_back();
  }
  return kept;
}

Status out_of_range(const char* what, const char* range) {
  return fail(ErrorCode::invalid_input,
              std::string(what) + " must be " + range + "; send another value or leave it out.");
}

}  // namespace

Status validate(const Sampling& s) {
  if (!(s.temperature >= 0.0F && s.temperature <= 10.0F)) {
    return out_of_range("temperature", "from 0 to 10");
  }
  if (!(s.top_p > 0.0F && s.top_p <= 1.0F)) return out_of_range("top_p", "above 0 and at most 1");
  if (!(s.min_p >= 0.0F && s.min_p < 1.0F)) return out_of_range("min_p", "at least 0 and below 1");
  return {};
}

double draw_at(const Sampling& sampling, std::uint64_t position) {
  Bytes numbers;
  append_be64(numbers, sampling.nonce);
  append_be64(numbers, position);
  const Hash hash = crypto::sha256({sampling.request.view(), numbers});
  return static_cast<double>(read_be64(hash.view()) >> 11U) * 0x1p-53;
}

std::uint32_t sample(const Sampling& s, std::span<const float> logits, std::uint64_t position) {
  const auto top = std::max_element(logits.begin(), logits.end());
  if (s.temperature == 0.0F) return static_cast<std::uint32_t>(top - logits.begin());
  std::vector<Candidate> all;
  all.reserve(logits.size());
  double total = 0.0;
  for (std::uint32_t token = 0; token < logits.size(); ++token) {
    const double distance = static_cast<double>(logits[token]) - static_cast<double>(*top);
    const double weight = std::exp(distance / static_cast<double>(s.temperature));
    if (weight < static_cast<double>(s.min_p)) continue;
    all.push_back({weight, token});
    total += weight;
  }
  const double draw = draw_at(s, position);
  if (s.top_k == 0 && s.top_p >= 1.0F) return pick(all, total, draw);
  const auto kept = nucleus(s, std::move(all), total);
  total = 0.0;
  for (const Candidate& candidate : kept) total += candidate.weight;
  return pick(kept, total, draw);
}

}  // namespace cambium::model
