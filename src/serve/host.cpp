#include "serve/host.hpp"

#include "serve/stop_text.hpp"

namespace cambium::serve {
namespace {

// Longer prompts are cut by the caller or refused: they cost more to tokenise than to answer.
constexpr std::size_t kMostPromptBytes = 1 << 20;
constexpr std::uint32_t kMostTokens = 1 << 16;
// The token that ends a document in training; an answer ends before it.
constexpr std::string_view kEndToken = "<|end|>";

Status check(const ChatRequest& request) {
  if (request.prompt.empty()) {
    return fail(ErrorCode::invalid_input, "The prompt is empty; write something to continue.");
  }
  if (request.prompt.size() > kMostPromptBytes) {
    return fail(ErrorCode::invalid_input, "The prompt is over 1 MiB; shorten it.");
  }
  if (request.max_tokens == 0 || request.max_tokens > kMostTokens) {
    return fail(ErrorCode::invalid_input, "max_tokens must be from 1 to 65536.");
  }
  return {};
}

// Turns drawn tokens into priced chunks.
class Delivery {
 public:
  Delivery(const Prepared& prepared, const OnChunk& on_chunk)
      : prices_(prepared.prices),
        input_tokens_(prepared.input_tokens),
        on_chunk_(on_chunk),
        decoder_(*prepared.snapshot->tokenizer),
        stops_(prepared.stop) {}

  bool deliver(std::uint32_t token) {
    auto piece = decoder_.push(token);
    Chunk chunk;
    chunk.token = token;
    chunk.index = count_++;
    chunk.text = piece ? stops_.push(*piece) : std::string();
    chunk.cost = prices_.output_token(chunk.index);
    chunk.cumulative = prices_.total({input_tokens_, count_});
    text_ += chunk.text;
    const bool wanted = !on_chunk_ || on_chunk_(chunk);
    return wanted && !stops_.stopped();
  }

  std::string finish() {
    if (auto rest = decoder_.finish(); rest && !stops_.stopped()) text_ += stops_.push(*rest);
    if (!stops_.stopped()) text_ += stops_.finish();
    return std::move(text_);
  }

  bool stopped() const { return stops_.stopped(); }

 private:
  const PriceList& prices_;
  std::uint64_t input_tokens_;
  const OnChunk& on_chunk_;
  model::StreamDecoder decoder_;
  StopText stops_;
  std::string text_;
  std::uint64_t count_ = 0;
};

}  // namespace

void Host::publish(ServedModel model) {
  auto snapshot = std::make_shared<const ServedModel>(std::move(model));
  const std::lock_guard lock(mutex_);
  if (models_.empty()) first_ = snapshot->id;
  models_[snapshot->id] = std::move(snapshot);
}

void Host::withdraw(std::string_view model_id) {
  const std::lock_guard lock(mutex_);
  const auto found = models_.find(model_id);
  if (found == models_.end()) return;
  models_.erase(found);
  if (first_ == model_id) first_ = models_.empty() ? std::string() : models_.begin()->first;
}

Result<Snapshot> Host::current(std::string_view model_id) const {
  const std::lock_guard lock(mutex_);
  const auto found = models_.find(model_id.empty() ? std::string_view(first_) : model_id);
  if (found != models_.end()) return found->second;
  if (models_.empty()) {
    return fail(ErrorCode::unavailable, "No model is loaded yet; wait until the node is ready.");
  }
  return fail(ErrorCode::not_found, "There is no model \"" + std::string(model_id) +
                                        "\" here; ask for \"" + first_ + "\" or see /models.");
}

std::vector<Snapshot> Host::models() const {
  const std::lock_guard lock(mutex_);
  std::vector<Snapshot> all;
  for (const auto& [id, snapshot] : models_) all.push_back(snapshot);
  return all;
}

Result<Prepared> Host::prepare(const ChatRequest& request) const {
  TRY_STATUS(check(request));
  TRY(Snapshot snapshot, current(request.model_id));
  model::GenerateRequest generate;
  TRY(const model::Tokens tokens, snapshot->tokenizer->encode(request.prompt));
  const auto seen = model::visible_prompt(snapshot->weights->architecture(), tokens);
  generate.prompt.assign(seen.begin(), seen.end());
  generate.max_tokens = request.max_tokens;
  generate.sampling = {request.temperature, request.top_p, request.top_k, request.min_p, {},
                       request.seed};
  generate.top_k_experts = request.top_k_experts;
  generate.experts = request.experts;
  if (const auto end = snapshot->tokenizer->token_id(kEndToken)) generate.stop_tokens = {*end};
  TRY_STATUS(model::validate(generate.sampling));
  const std::uint32_t experts = snapshot->weights->architecture().experts;
  if (request.top_k_experts > experts) {
    return fail(ErrorCode::invalid_input,
                "top_k_experts is " + std::to_string(request.top_k_experts) +
                    "; this model has " + std::to_string(experts) + " experts in a layer.");
  }
  TRY(const PriceList prices, PriceList::make({load_factor(scheduler_.occupancy()),
                                               snapshot->quality, request.credits_per_cbm}));
  const Hash hash = request_hash(snapshot->id, generate);
  generate.sampling.request = hash;
  const std::uint64_t input = generate.prompt.size();
  return Prepared{std::move(snapshot), std::move(generate), prices, hash, request.stop, input};
}

Result<Outcome> Host::answer(const Prepared& prepared, const OnChunk& on_chunk,
                             const model::CancelToken& cancel) {
  TRY(const auto slot, scheduler_.enter(cancel));
  const ServedModel& served = *prepared.snapshot;
  Delivery delivery(prepared, on_chunk);
  const model::OnToken on_token = [&](std::uint32_t token) { return delivery.deliver(token); };
  TRY(auto result, model::generate(*served.weights, prepared.generate,
                                   {on_token, cancel, clock_}));
  usage_.record(served.id, result.usage, clock_.now());
  Outcome outcome;
  outcome.receipt = make_receipt(
      {prepared.request, served.id, served.index_root, prepared.input_tokens}, result.tokens,
      result.usage);
  outcome.text = delivery.finish();
  outcome.reason = delivery.stopped() ? model::StopReason::stop : result.reason;
  outcome.input_tokens = prepared.input_tokens;
  outcome.input_cost = prepared.prices.input_cost(prepared.input_tokens);
  outcome.output_cost = prepared.prices.output_cost(result.tokens.size());
  outcome.total_cost = prepared.prices.total({prepared.input_tokens, result.tokens.size()});
  outcome.tokens = std::move(result.tokens);
  outcome.usage = std::move(result.usage);
  outcome.prefill_s = result.prefill_s;
  outcome.decode_s = result.decode_s;
  return outcome;
}

Result<Outcome> Host::generate(const ChatRequest& request, const OnChunk& on_chunk,
                               const model::CancelToken& cancel) {
  TRY(const Prepared prepared, prepare(request));
  return answer(prepared, on_chunk, cancel);
}

}  // namespace cambium::serve
