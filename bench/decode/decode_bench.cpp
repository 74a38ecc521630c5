// Tokens per second of the evaluation kernel (1 and 2 threads) and of generation, on a seeded model
// of the main job's shape. CAMBIUM_SIMD=scalar|avx2|avx512 forces a path.
#include <cstdio>
#include <cstdlib>

#include "base/clock.hpp"
#include "model/eval_kernel.hpp"
#include "model/generator.hpp"
#include "model/synthetic.hpp"
#include "model/synthetic_payload.hpp"

namespace {

using namespace cambium;
using namespace cambium::model;

constexpr std::size_t kSequences = 64;
const ExpertName kAdded[] = {{0, 4}, {1, 4}, {2, 4}, {3, 4}};

double seconds_since(const Clock& clock, std::int64_t start) {
  return static_cast<double>(clock.monotonic_ns() - start) * 1e-9;
}

void measure_evaluation(const ModelView& view, const Clock& clock, unsigned threads) {
  std::vector<Tokens> sequences;
  for (std::uint64_t i = 0; i < kSequences; ++i) {
    sequences.push_back(synthetic_tokens({i, view.architecture.vocab}, 129));
  }
  const auto start = clock.monotonic_ns();
  const auto losses = evaluate(view, sequences, {.threads = threads, .on_progress = {}});
  const double seconds = seconds_since(clock, start);
  if (!losses) std::abort();
  std::printf("evaluate  %u thread%s  %8.0f tokens/s\n", threads, threads == 1 ? " " : "s",
              static_cast<double>(kSequences * 128) / seconds);
}

void measure_generation(const ModelWeights& weights, const Clock& clock) {
  GenerateRequest request;
  request.prompt = synthetic_tokens({1, weights.architecture().vocab}, 32);
  request.max_tokens = 90;
  const CancelToken never;
  double prefill = 0;
  double decode = 0;
  std::size_t tokens = 0;
  for (int i = 0; i < 10; ++i) {
    const auto answer = generate(weights, request, {{}, never, clock});
    if (!answer) std::abort();
    prefill += answer->prefill_s;
    decode += answer->decode_s;
    tokens += answer->tokens.size();
  }
  std::printf("prefill   1 thread   %8.0f tokens/s\n", 320 / prefill);
  std::printf("decode    1 thread   %8.0f tokens/s\n", static_cast<double>(tokens) / decode);
}

}  // namespace

int main() {
  const SystemClock clock;
  const auto weights = synthetic_weights(small_architecture(), 1, kAdded);
  if (!weights) std::abort();
  const auto path = eval_kernel_path();
  std::printf("path %.*s\n", static_cast<int>(path.size()), path.data());
  for (const unsigned threads : {1U, 2U}) measure_evaluation((*weights)->view(), clock, threads);
  measure_generation(**weights, clock);
  return 0;
}
