#include "model/generator.hpp"

#include <algorithm>
#include <cmath>

#include "model/runtime/session.hpp"

namespace cambium::model {
namespace {

using TokenSpan = std::span<const std::uint32_t>;

// Prompt tokens worked on at once: enough to reuse each weight, few enough to notice a cancel.
constexpr std::size_t kPrefillChunk = 64;

double seconds(const Clock& clock, std::int64_t since) {
  return static_cast<double>(clock.monotonic_ns() - since) * 1e-9;
}

Status check(const Architecture& a, const GenerateRequest& request) {
  TRY_STATUS(validate(request.sampling));
  if (request.prompt.empty()) {
    return fail(ErrorCode::invalid_input, "The prompt is empty; send some text to continue.");
  }
  for (const std::uint32_t token : request.prompt) {
    if (token < a.vocab) continue;
    return fail(ErrorCode::invalid_input,
                "Prompt token " + std::to_string(token) + " is outside the vocabulary of " +
                    std::to_string(a.vocab) + "; use this model's tokenizer.");
  }
  if (request.top_k_experts > a.experts) {
    return fail(ErrorCode::invalid_input,
                "top_k_experts is " + std::to_string(request.top_k_experts) +
                    "; this model has " + std::to_string(a.experts) + " experts in a layer.");
  }
  if (request.overflow == GenerateRequest::Overflow::refuse &&
      request.prompt.size() >= a.max_context) {
    return fail(ErrorCode::invalid_input,
                "The prompt has " + std::to_string(request.prompt.size()) +
                    " tokens; this model reads at most " + std::to_string(a.max_context) +
                    " with its answer. Shorten the prompt.");
  }
  return {};
}

// One answer under way.
class Answer {
 public:
  Answer(runtime::Session session, const GenerateRequest& request, const GenerateContext& context)
      : session_(std::move(session)), request_(request), context_(context) {}

  // Appends tokens in chunks and keeps the logits after the last; false when cancelled.
  Result<bool> read(TokenSpan tokens) {
    for (std::size_t at = 0; at < tokens.size(); at += kPrefillChunk) {
      const std::size_t n = std::min(kPrefillChunk, tokens.size() - at);
      auto logits = session_.advance(tokens.subspan(at, n), context_.cancel);
      if (!logits && logits.error().code == ErrorCode::cancelled) return false;
      if (!logits) return forward_error(std::move(logits));
      logits_ = *logits;
    }
    return true;
  }

  Result<StopReason> write(std::size_t capacity, Tokens seen) {
    while (result_.tokens.size() < request_.max_tokens) {
      if (context_.cancel.cancelled()) return StopReason::cancelled;
      if (!std::isfinite(*std::max_element(logits_.begin(), logits_.end()))) {
        return fail(ErrorCode::corrupt, "The model's outputs are not finite; drop the expert that"
                                        " was added last, or verify the payloads.");
      }
      const std::uint32_t token = sample(request_.sampling, logits_, result_.tokens.size());
      const auto& stops = request_.stop_tokens;
      if (std::find(stops.begin(), stops.end(), token) != stops.end()) return StopReason::stop;
      result_.tokens.push_back(token);
      seen.push_back(token);
      if (context_.on_token && !context_.on_token(token)) return StopReason::consumer_stopped;
      if (result_.tokens.size() == request_.max_tokens) break;
      TRY(const StopReason reason, extend(capacity, seen));
      if (reason != StopReason::length) return reason;
    }
    return StopReason::length;
  }

  GenerateResult finish(StopReason reason) {
    result_.reason = reason;
    result_.usage = session_.usage();
    return std::move(result_);
  }

  GenerateResult& result() { return result_; }

 private:
  // Shows the model the newest of `seen`; `length` means: go on.
  Result<StopReason> extend(std::size_t capacity, const Tokens& seen) {
    TokenSpan next = TokenSpan(seen).last(1);
    if (session_.length() == capacity) {
      if (request_.overflow == GenerateRequest::Overflow::refuse) return StopReason::context_full;
      session_.rewind();
      next = TokenSpan(seen).last(std::max<std::size_t>(1, capacity / 2));
    }
    TRY(const bool went_on, read(next));
    return went_on ? StopReason::length : StopReason::cancelled;
  }

  runtime::Session session_;
  const GenerateRequest& request_;
  const GenerateContext& context_;
  std::span<const float> logits_;
  GenerateResult result_;
};

}  // namespace

std::string_view name(StopReason reason) {
  switch (reason) {
    case StopReason::length: return "length";
    case StopReason::stop: return "stop";
    case StopReason::context_full: return "context_full";
    case StopReason::cancelled: return "cancelled";
    case StopReason::consumer_stopped: return "consumer_stopped";
  }
  return "unknown";
}

TokenSpan visible_prompt(const Architecture& a, TokenSpan prompt) {
  const std::size_t most = std::max<std::size_t>(1, std::size_t{a.max_context} * 3 / 4);
  return prompt.size() <= most ? prompt : prompt.last(most);
}

Result<GenerateResult> generate(const ModelWeights& weights, const GenerateRequest& request,
                                const GenerateContext& context) {
  const Architecture& a = weights.architecture();
  TRY_STATUS(check(a, request));
  TokenSpan prompt = request.prompt;
  if (request.overflow == GenerateRequest::Overflow::slide) prompt = visible_prompt(a, prompt);
  const std::size_t capacity =
      std::min<std::size_t>(a.max_context, prompt.size() + request.max_tokens);
  runtime::SessionOptions options;
  options.capacity = std::max<std::size_t>(capacity, 1);
  options.top_k = request.top_k_experts == 0 ? a.top_k : request.top_k_experts;
  options.experts = request.experts;

  const std::int64_t start = context.clock.monotonic_ns();
  TRY(auto session, runtime::Session::open(weights, options, context.clock));
  Answer answer(std::move(session), request, context);
  TRY(const bool read, answer.read(prompt));
  const std::int64_t middle = context.clock.monotonic_ns();
  answer.result().prefill_s = seconds(context.clock, start);
  if (!read) return answer.finish(StopReason::cancelled);
  TRY(const StopReason reason, answer.write(capacity, Tokens(prompt.begin(), prompt.end())));
  answer.result().decode_s = seconds(context.clock, middle);
  return answer.finish(reason);
}

}  // namespace cambium::model
