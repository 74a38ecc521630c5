// The end of the main job: candidates that are refused, each for its own reason.
#include <fmt/format.h>

#include "base/crash_point.hpp"
#include "learn/bad_candidates.hpp"
#include "node/main_job_impl.hpp"
#include "node/prepared_files.hpp"

namespace cambium::node {
namespace {

namespace pb = cambium::evaluation::v1;

const CrashPoint kAfterReckless("node.job.after_reckless");

std::string word(pb::Reason reason) {
  std::string text = pb::Reason_Name(reason);
  if (text.starts_with("REASON_")) text = text.substr(7);
  for (char& c : text) c = static_cast<char>(std::tolower(c));
  return text;
}

double nats(std::int64_t nano) { return static_cast<double>(nano) * 1e-9; }

// What the candidate did on the slice it was made for: shown beside the harm it did elsewhere.
std::string gain_of(const pb::Verdict& verdict) {
  std::string out;
  for (const auto& slice : verdict.slices()) {
    if (!slice.target() || !out.empty()) continue;
    out = fmt::format("; its own slice gains at least {:.4f}", nats(slice.lower_bound_nano()));
  }
  return out;
}

}  // namespace

// A gate's refusal says it with its numbers in one sentence; a measured one is made of them.
std::string told(const pb::Verdict& verdict) {
  if (!verdict.detail().empty()) {
    return fmt::format("{}: {}", word(verdict.reason()), verdict.detail());
  }
  return fmt::format("{} on {}: measured {:.4f}, limit {:.4f} nats per token{}",
                     word(verdict.reason()), verdict.slice(), nats(verdict.measured_nano()),
                     nats(verdict.limit_nano()),
                     verdict.reason() == pb::REASON_HARM ? gain_of(verdict) : "");
}

Result<Offer> MainJob::Impl::spoiled(learn::BadKind kind, const Prepared& good,
                                     const std::vector<model::ExpertName>& slots) const {
  std::vector<learn::CandidateExpert> experts;
  for (const auto& expert : good.experts) experts.push_back({expert.name, expert.content});
  TRY(auto bad, learn::make_bad_candidate(kind, {experts, slots.front().expert, options.seed}));
  Offer offer{std::string(kMainModel), std::string(kNewDataset), good.declared_gain_nano, {}};
  for (std::size_t i = 0; i < bad.experts.size(); ++i) {
    offer.experts.push_back(
        {slots[i], std::move(bad.experts[i].second), good.experts[i].lineage});
  }
  return offer;
}

// Really trained, on a head that has the good expert already, so that it is no copy of anything.
Result<Offer> MainJob::Impl::reckless(TrainerBackend& backend,
                                      const std::vector<model::ExpertName>& slots) {
  auto job = contribution_job();
  TRY_STATUS(add_text(job));
  job.recipe.scheme = learn::reckless_scheme(job.recipe.scheme);
  job.recipe.expert = job.recipe.reckless;
  job.folder = paths.train("reckless");
  tell("refuse", "training an expert with open gates on its domain alone");
  TRY(auto trained, train_contribution(backend, job, slots, node.clock(),
                                       [&](const learn::TrainProgress&) {
                                         return stopped() ? learn::Carry::stop : learn::Carry::on;
                                       }));
  kAfterReckless.pass();
  Offer offer{std::string(kMainModel), std::string(kNewDataset), 0, {}};
  for (auto& expert : trained.experts) {
    offer.experts.push_back(
        {expert.name, std::move(expert.content), std::move(expert.lineage)});
  }
  return offer;
}

Status MainJob::Impl::offer_bad_ones() {
  TRY(auto prepared, load_prepared(paths.train("expert")));
  if (!prepared) return {};
  TRY(auto backend, local_backend(node, kDemoKey));
  const auto job = contribution_job();
  TRY(auto slots, lease_slots(*backend, job.model, job.layers));
  for (const auto kind : learn::all_bad_kinds()) {
    const std::string name(learn::name(kind));
    const bool shown = std::any_of(report.refused.begin(), report.refused.end(),
                                   [&](const Refused& r) { return r.kind == name; });
    if (shown) continue;
    if (stopped()) return fail(ErrorCode::cancelled, "Stopped as asked; `cambium up` goes on.");
    TRY(auto offer, kind == learn::BadKind::helps_but_harms
                        ? reckless(*backend, slots)
                        : spoiled(kind, *prepared, slots));
    TRY(auto candidate, offer_candidate(*backend, offer, [](std::string_view) {}));
    const auto& verdict = candidate.verdict();
    if (candidate.status() == pb::CANDIDATE_STATUS_ACCEPTED) {
      return fail(ErrorCode::refused, fmt::format("The bad candidate `{}` was accepted; this is a "
                                                  "bug, please report it.", name));
    }
    tell("refuse", fmt::format("{}: {}", name, told(verdict)));
    report.refused.push_back({name, word(verdict.reason()), verdict.measured_nano(),
                              verdict.limit_nano(), verdict.slice()});
    TRY_STATUS(save());
  }
  return {};
}

}  // namespace cambium::node
