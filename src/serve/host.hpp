// Hosting models on this machine: the current snapshot of each, answers on it, and what they used.
#pragma once

#include <functional>
#include <map>
#include <memory>
#include <mutex>
#include <string>
#include <string_view>
#include <vector>

#include "base/clock.hpp"
#include "base/ids.hpp"
#include "base/result.hpp"
#include "model/generator.hpp"
#include "model/tokenizer.hpp"
#include "model/weights.hpp"
#include "serve/pricing.hpp"
#include "serve/receipt.hpp"
#include "serve/scheduler.hpp"
#include "serve/usage_log.hpp"

namespace cambium::serve {

/// One accepted state of a model, immutable; a request keeps the one it began on until it ends.
struct ServedModel {
  std::string id;
  Hash index_root;
  model::SharedWeights weights;
  std::shared_ptr<const model::Tokenizer> tokenizer;
  Ratio quality{kNano};  // price factor of its experts
};
using Snapshot = std::shared_ptr<const ServedModel>;

struct ChatRequest {
  std::string model_id;  // empty: the model published first
  std::string prompt;
  std::uint32_t max_tokens = 64;
  float temperature = 0.8F;
  float top_p = 1.0F;
  std::uint32_t top_k = 0;
  float min_p = 0.0F;
  std::uint64_t seed = 0;             // the client's nonce
  std::vector<std::string> stop;
  std::uint32_t top_k_experts = 0;    // 0: the architecture's
  model::GenerateRequest::Experts experts = model::GenerateRequest::Experts::all;
  Ratio credits_per_cbm{kNano};       // the gateway's posted rate
};

/// A request that passed every check: its price is fixed and its snapshot held.
struct Prepared {
  Snapshot snapshot;
  model::GenerateRequest generate;
  PriceList prices;
  Hash request;
  std::vector<std::string> stop;
  std::uint64_t input_tokens = 0;
};

/// One token on its way to the client. `text` may be empty inside a multi-byte character.
struct Chunk {
  std::uint32_t token = 0;
  std::uint64_t index = 0;
  std::string text;
  MicroCredits cost;        // of this token
  MicroCredits cumulative;  // with the input and all tokens so far
};
/// False ends the answer; the chunk that returned false counts as delivered. Text held back for a
/// stop sequence comes with a later chunk, at the latest in Outcome::text.
using OnChunk = std::function<bool(const Chunk&)>;

struct Outcome {
  Receipt receipt;
  std::string text;
  model::Tokens tokens;
  model::StopReason reason = model::StopReason::length;
  std::uint64_t input_tokens = 0;
  MicroCredits input_cost;
  MicroCredits output_cost;
  MicroCredits total_cost;
  model::ExpertUsage usage;
  double prefill_s = 0;
  double decode_s = 0;
};

/// Threads may call everything at any time.
class Host {
 public:
  Host(SchedulerLimits limits, const Clock& clock) : scheduler_(limits), clock_(clock) {}

  /// Makes this the snapshot that new requests get; running ones keep theirs.
  void publish(ServedModel model);
  /// The current snapshot; an empty id means the model published first.
  Result<Snapshot> current(std::string_view model_id) const;
  std::vector<Snapshot> models() const;

  /// Drops a model: new requests for it are told that it is not here.
  void withdraw(std::string_view model_id);

  /// Tokenises, checks every number with a sentence, pins the snapshot and fixes the price.
  Result<Prepared> prepare(const ChatRequest& request) const;
  /// Waits for a turn and answers. Whatever ends it, what was delivered is what the outcome bills.
  Result<Outcome> answer(const Prepared& prepared, const OnChunk& on_chunk,
                         const model::CancelToken& cancel);
  /// Both at once.
  Result<Outcome> generate(const ChatRequest& request, const OnChunk& on_chunk,
                           const model::CancelToken& cancel);

  Scheduler& scheduler() { return scheduler_; }
  const UsageLog& usage() const { return usage_; }

 private:
  Scheduler scheduler_;
  const Clock& clock_;
  UsageLog usage_;
  mutable std::mutex mutex_;  // guards the two below
  std::map<std::string, Snapshot, std::less<>> models_;
  std::string first_;
};

}  // namespace cambium::serve
