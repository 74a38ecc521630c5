#include "learn/expert_trainer.hpp"

#include <algorithm>

#include "learn/training.hpp"

namespace cambium::learn {
namespace {

Status check_names(const ExpertJob& job) {
  const model::Architecture& a = job.head->architecture();
  std::vector<std::uint32_t> layers;
  for (const model::ExpertName& name : job.experts) {
    const bool fits = name.layer < a.layers && model::is_contributed(name, a);
    const bool again = std::find(layers.begin(), layers.end(), name.layer) != layers.end();
    if (!fits || again) {
      return fail(ErrorCode::invalid_input,
                  model::to_text(name) + (again ? " is the second expert of its layer"
                                                : " is no contributed expert of this model") +
                      "; lease one slot of each layer to train.");
    }
    layers.push_back(name.layer);
  }
  if (!layers.empty()) return {};
  return fail(ErrorCode::invalid_input, "No expert was named; lease a slot first.");
}

Status check_stream(const TokenStream& stream, std::uint32_t row_tokens) {
  if (stream.tokens.size() > row_tokens + 1) return {};
  return fail(ErrorCode::invalid_input, "The dataset " + stream.dataset + " has only " +
                                            std::to_string(stream.tokens.size()) +
                                            " tokens; a training row needs more.");
}

}  // namespace

Result<ExpertResult> train_experts(const ExpertJob& job, const Clock& clock,
                                   const OnProgress& on_progress) {
  if (job.replay.empty()) {
    return fail(ErrorCode::invalid_input,
                "There is no anchor text to replay; without it the gate cannot learn when to "
                "stay closed. Give at least one of the base model's datasets.");
  }
  TRY_STATUS(check_names(job));
  TRY_STATUS(check_stream(job.domain, job.row_tokens));
  for (const TokenStream& stream : job.replay) TRY_STATUS(check_stream(stream, job.row_tokens));
  TRY_STATUS(job.head->verify_all());
  TRY(const auto* library, training());
  return library->expert(job, clock, on_progress);
}

Result<model::SharedWeights> with_candidate(const model::ModelWeights& head,
                                            std::span<const CandidateExpert> candidate) {
  model::SharedWeights out;
  for (const CandidateExpert& expert : candidate) {
    TRY(auto payload, model::PayloadBundle::in_memory(expert.content));
    TRY(out, (out ? *out : head).with_expert(expert.name, std::move(payload)));
  }
  if (out) return out;
  return fail(ErrorCode::invalid_input, "The candidate has no experts.");
}

}  // namespace cambium::learn
