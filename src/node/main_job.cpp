#include "node/main_job.hpp"

#include <fmt/format.h>

#include <fstream>
#include <sstream>

#include "base/crash_point.hpp"
#include "base/durable_file.hpp"
#include "node/dataset_steps.hpp"
#include "node/main_job_impl.hpp"

namespace cambium::node {
namespace {

const CrashPoint kAfterStory("node.job.after_story");

Result<StoryReport> read_story(const HomePaths& paths) {
  std::ifstream in(paths.story(), std::ios::binary);
  if (!in) return StoryReport{};
  std::ostringstream text;
  text << in.rdbuf();
  return report_from_json(text.str());
}

}  // namespace

MainJob::Impl::Impl(Node& n, MainJobOptions o, OnStory s)
    : node(n), options(o), on_story(std::move(s)), paths{n.home()},
      corpus(learn::recipe_of(o.profile)), began_ns(n.clock().monotonic_ns()) {}

MainJob::MainJob(Node& node, MainJobOptions options, OnStory on_story)
    : impl_(std::make_unique<Impl>(node, options, std::move(on_story))) {}
MainJob::~MainJob() = default;

double MainJob::Impl::seconds() const {
  return static_cast<double>(node.clock().monotonic_ns() - began_ns) * 1e-9;
}

void MainJob::Impl::tell(std::string_view step, std::string text) {
  on_story({std::string(step), std::move(text), seconds()});
}

Status MainJob::Impl::save() {
  const std::string text = to_json(report);
  TRY_STATUS(write_durably(paths.story(), {as_bytes(text)}));
  kAfterStory.pass();
  return {};
}

// A part that an earlier process timed keeps that time: what it takes to find it done is not news.
Status MainJob::Impl::timed(const std::string& part, const std::function<Status()>& step) {
  if (stopped()) return fail(ErrorCode::cancelled, "Stopped as asked; `cambium up` goes on.");
  const double before = seconds();
  TRY_STATUS(step());
  for (const auto& timing : report.timings) {
    if (timing.part == part) return {};
  }
  report.timings.push_back({part, seconds() - before});
  return save();
}

Status MainJob::run(std::stop_token stop) {
  auto& job = *impl_;
  job.stop = stop;
  TRY(job.report, read_story(job.paths));
  job.report.model = kMainModel;
  TRY_STATUS(job.timed("datasets", [&] { return job.build_datasets(); }));
  TRY_STATUS(job.timed("base training", [&] { return job.train_base(); }));
  TRY_STATUS(job.timed("publication", [&] { return job.publish(); }));
  TRY_STATUS(job.timed("measuring the base", [&] { return job.serve_and_measure(); }));
  TRY_STATUS(job.timed("contribution", [&] { return job.contribute(); }));
  if (job.options.refusals == MainJobOptions::Refusals::shown) {
    TRY_STATUS(job.timed("refusals", [&] { return job.offer_bad_ones(); }));
  }
  return job.finish();
}

Status MainJob::Impl::build_datasets() {
  TRY_STATUS(corpus.build(paths.datasets(), [&](const data::BuildProgress& progress) {
    tell("datasets", fmt::format("{} {}", progress.step, progress.what));
  }));
  TRY_STATUS(register_datasets(node, corpus.datasets(), stop));
  for (const auto& dataset : corpus.datasets()) {
    tell("datasets", fmt::format("{}: {} documents, {:.1f} MB, {}", dataset.record.title,
                                 dataset.record.documents,
                                 static_cast<double>(dataset.record.bytes) / 1e6,
                                 dataset.record.licence));
  }
  return {};
}

learn::OnProgress MainJob::Impl::to_board(const std::string& run) {
  return [this, run](const learn::TrainProgress& p) {
    static_cast<void>(node.progress().update(
        run, {.step = p.step, .steps = p.steps, .loss = p.loss, .tokens_per_s = p.tokens_per_s,
              .eta_s = p.eta_s, .state = {}, .detail = {}}));
    node.metrics().set({"cambium_train_loss_nats", run}, p.loss);
    return stopped() || node.progress().cancel_requested(run) ? learn::Carry::stop
                                                              : learn::Carry::on;
  };
}

OnOfferStep MainJob::Impl::to_story(const std::string& run) {
  return [this, run](std::string_view step) {
    static_cast<void>(node.progress().update(
        run, {.step = {}, .steps = {}, .loss = {}, .tokens_per_s = {}, .eta_s = {}, .state = {},
              .detail = {{"phase", std::string(step)}}}));
    tell(run, std::string(step));
  };
}

}  // namespace cambium::node
