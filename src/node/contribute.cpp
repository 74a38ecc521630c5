#include "node/contribute.hpp"

#include <fmt/format.h>

#include <algorithm>

#include "base/crash_point.hpp"
#include "base/durable_file.hpp"
#include "crypto/sha256.hpp"
#include "node/prepared_files.hpp"

namespace cambium::node {
namespace {

const CrashPoint kAfterTraining("node.train.after_training");
const CrashPoint kAfterSaved("node.train.after_saved");

std::vector<learn::CandidateExpert> views_of(const std::vector<OfferedExpert>& experts) {
  std::vector<learn::CandidateExpert> out;
  for (const auto& expert : experts) out.push_back({expert.name, expert.content});
  return out;
}

Hash seed_of(const std::vector<model::ExpertName>& slots, const ModelHead& head) {
  Bytes lease;
  for (const auto& slot : slots) append(lease, as_bytes(model::to_text(slot)));
  return learn::batch_seed(lease, head.index_root);
}

/// The 99 % lower bound on the public half is what an honest contributor may promise.
Status forecast(const model::ModelWeights& head, const Contribution& job, Prepared& out) {
  TRY(auto incumbent, learn::measure(head, job.public_halves, {}));
  TRY(auto together, learn::with_candidate(head, views_of(out.experts)));
  TRY(auto candidate, learn::measure(*together, job.public_halves, {}));
  std::vector<learn::SliceMeasurement> found;
  for (std::size_t i = 0; i < job.public_halves.size(); ++i) {
    found.push_back(learn::compare(job.public_halves[i], incumbent[i], candidate[i]));
  }
  out.forecast = learn::forecast(found, job.target_slice);
  for (const auto& half : out.forecast.halves) {
    if (half.slice == job.target_slice) {
      out.declared_gain_nano =
          static_cast<std::uint64_t>(std::max<std::int64_t>(0, half.lower_nano));
    }
  }
  return {};
}

}  // namespace

Result<learn::ExpertResult> train_contribution(TrainerBackend& backend, const Contribution& job,
                                               const std::vector<model::ExpertName>& slots,
                                               const Clock& clock,
                                               const learn::OnProgress& on_progress) {
  TRY(auto head, backend.head(job.model));
  TRY(auto weights, backend.weights(head));
  TRY(auto tokenizer, backend.tokenizer(head));
  learn::ExpertJob work;
  work.model = job.model;
  work.head = weights;
  work.head_root = head.index_root;
  work.experts = slots;
  work.domain = job.domain;
  work.replay = job.replay;
  work.seed = seed_of(slots, head);
  work.tokenizer = crypto::sha256(as_bytes(tokenizer->json()));
  work.trainer = to_bytes(crypto::address_of(backend.key().public_key()));
  work.batch_rows = job.recipe.batch_rows;
  work.row_tokens = job.recipe.row_tokens;
  work.scheme = job.recipe.scheme;
  work.budget = job.recipe.expert;
  work.checkpoints = job.folder;
  return learn::train_experts(work, clock, on_progress);
}

Result<Prepared> prepare_contribution(TrainerBackend& backend, const Contribution& job,
                                      const Clock& clock, const ContributionHooks& hooks) {
  TRY(auto saved, load_prepared(job.folder));
  if (saved) return std::move(*saved);
  hooks.on_step("lease");
  TRY(auto slots, lease_slots(backend, job.model, job.layers));
  hooks.on_step("train");
  TRY(auto trained, train_contribution(backend, job, slots, clock, hooks.on_progress));
  kAfterTraining.pass();
  Prepared out;
  for (auto& expert : trained.experts) {
    out.experts.push_back({expert.name, std::move(expert.content), std::move(expert.lineage)});
  }
  hooks.on_step("gate");
  TRY(auto head, backend.head(job.model));
  TRY(auto weights, backend.weights(head));
  TRY_STATUS(forecast(*weights, job, out));
  if (!out.forecast.accepted) {
    return fail(ErrorCode::refused,
                fmt::format("The local gate advises against offering this: {} Train longer or on "
                            "more text.", out.forecast.reason));
  }
  TRY_STATUS(save_prepared(job.folder, out));
  kAfterSaved.pass();
  return out;
}

Result<cambium::evaluation::v1::Candidate> contribute(TrainerBackend& backend,
                                                      const Contribution& job, const Clock& clock,
                                                      const ContributionHooks& hooks) {
  TRY(auto prepared, prepare_contribution(backend, job, clock, hooks));
  return offer_candidate(backend,
                         {job.model, job.target_slice, prepared.declared_gain_nano,
                          std::move(prepared.experts)},
                         hooks.on_step);
}

}  // namespace cambium::node
