// cambium train: trains experts for a far model with a key of one's own and offers them.
#include <fmt/format.h>

#include "cli/commands.hpp"
#include "cli/commands/train/verdict_text.hpp"
#include "cli/home_dir.hpp"
#include "cli/interrupts.hpp"
#include "cli/node_link.hpp"
#include "cli/remote_backend.hpp"
#include "cli/signer.hpp"
#include "cli/up/session.hpp"
#include "client/runs.hpp"
#include "node/contribute.hpp"

namespace cambium::cli {
namespace {

constexpr std::string_view kDefaultKey = "contributor";
constexpr double kReportEverySeconds = 0.5;
constexpr int kRewardBlocks = 12;

Result<std::vector<std::uint32_t>> layers_of(const Invocation& call, std::uint32_t count) {
  std::vector<std::uint32_t> out;
  const auto text = call.flag("layers");
  for (std::uint32_t layer = 0; !text && layer < count; ++layer) out.push_back(layer);
  std::string rest = text.value_or("");
  while (!rest.empty()) {
    const auto comma = std::min(rest.find(','), rest.size());
    const std::string word = rest.substr(0, comma);
    const bool good = !word.empty() && word.size() <= 4 &&
                      word.find_first_not_of("0123456789") == std::string::npos &&
                      std::stoul(word) < count;
    if (!good) {
      return fail(ErrorCode::invalid_input,
                  fmt::format("--layers: `{}` is no layer of this model; name some of 0 to {} by "
                              "commas.", word, count - 1));
    }
    out.push_back(static_cast<std::uint32_t>(std::stoul(word)));
    rest.erase(0, comma + 1);
  }
  return out;
}

/// A key of the home by name, made when it is not there and the default was meant.
Result<node::KeyPtr> trainer_key(Invocation& call) {
  const auto name = call.flag_or("from", std::string(kDefaultKey));
  if (name != kDefaultKey) return key_named(call, name);
  TRY(auto keys, keys_of(call));
  return keys.find_or_make(name, call.random);
}

/// Everything a contribution needs besides the network.
Result<node::Contribution> job_of(Invocation& call, node::TrainerBackend& backend,
                                  const std::filesystem::path& home, StoryPrinter& printer) {
  node::Contribution job;
  job.model = call.flag_or("model", std::string(node::kMainModel));
  job.target_slice = call.flag_or("slice", std::string(node::kNewDataset));
  TRY(const auto profile, profile_of(call, home));
  job.recipe = learn::recipe_of(profile);
  TRY(job.recipe.expert.steps, call.whole("steps", job.recipe.expert.steps));
  TRY(const auto head, backend.head(job.model));
  TRY(job.layers, layers_of(call, head.rules.architecture().layers()));
  TRY(const auto tokenizer, backend.tokenizer(head));
  link_unpacked_text(call, home);
  node::Corpus corpus(job.recipe);
  TRY_STATUS(corpus.build(node::HomePaths{home}.datasets(), [&](const data::BuildProgress& p) {
    printer.on_story({"datasets", fmt::format("{} {}", p.step, p.what), printer.seconds()});
  }));
  TRY(job.domain, corpus.stream(*tokenizer, job.target_slice));
  for (const auto id : node::kBaseDatasets) {
    if (id == job.target_slice) continue;
    TRY(auto replay, corpus.stream(*tokenizer, id));
    job.replay.push_back(std::move(replay));
  }
  TRY(auto halves, corpus.halves(*tokenizer));
  for (auto& half : halves) {
    if (half.half == learn::Half::public_half) job.public_halves.push_back(std::move(half));
  }
  const auto account = crypto::address_of(backend.key().public_key()).text();
  job.folder = node::HomePaths{home}.train(
      fmt::format("{}-{}-{}", job.target_slice, account.substr(4, 8),
                  head.index_root.hex().substr(0, 8)));
  return job;
}

/// Tells both this terminal and the node's board.
class Reporter {
 public:
  Reporter(StoryPrinter& printer, const client::RemoteRun& run, std::stop_token stop)
      : printer_(printer), run_(run), stop_(std::move(stop)) {}

  learn::Carry operator()(const learn::TrainProgress& p) {
    if (stop_.stop_requested()) return learn::Carry::stop;
    node::Run shown;
    shown.id = "train";
    shown.step = p.step;
    shown.steps = p.steps;
    shown.loss = p.loss;
    shown.tokens_per_s = p.tokens_per_s;
    shown.eta_s = p.eta_s;
    printer_.on_run(shown);
    if (printer_.seconds() - last_ < kReportEverySeconds && p.step < p.steps) {
      return learn::Carry::on;
    }
    last_ = printer_.seconds();
    const bool on = run_.report({p.step, p.steps, p.loss, p.tokens_per_s, p.eta_s});
    return on ? learn::Carry::on : learn::Carry::stop;
  }

 private:
  StoryPrinter& printer_;
  const client::RemoteRun& run_;
  std::stop_token stop_;
  double last_ = 0;
};

Status await_reward(const client::NodeApi& node, node::TrainerBackend& backend,
                    const cambium::evaluation::v1::Candidate& candidate, StoryPrinter& printer) {
  for (int block = 0; block < kRewardBlocks; ++block) {
    TRY(const auto reply, node.evaluations(candidate.model()));
    for (const auto& item : client::child_at(reply, "items")) {
      if (client::whole_at(item, "id") != candidate.id()) continue;
      const auto paid = client::whole_at(item, "reward_ucbm");
      if (paid == 0) continue;
      printer.tell("reward", fmt::format("{} paid on the utility chain", to_text(Amount{paid})));
      return {};
    }
    TRY_STATUS(backend.next_block(node::TrainerBackend::Pace::wait));
  }
  printer.tell("reward", "on its way; `cambium model evaluations` shows when it has arrived");
  return {};
}

Status finish(Invocation& call, const cambium::evaluation::v1::Candidate& candidate) {
  if (call.json()) {
    call.console.object(verdict_json(candidate));
  } else {
    call.console.text(verdict_text(candidate));
  }
  if (accepted(candidate)) return {};
  return fail(ErrorCode::refused, "The candidate was not accepted; the numbers above say why. "
                                  "Train longer or on another slice.");
}

Status train(Invocation& call) {
  StoryPrinter printer(call.console, form_of(call), call.clock);
  Interrupts interrupts([&] { printer.tell("stop", "stopping; the same command goes on later"); });
  TRY(const auto home, home_of(call));
  TRY(auto key, trainer_key(call));
  TRY(const auto node, node_of(call, interrupts.token()));
  TRY(auto backend, remote_backend({node, key, home / "remote", interrupts.token()}));
  const auto account = crypto::address_of(key->public_key()).text();
  printer.tell("network", fmt::format("{} as {}", node.url(), account));
  TRY(const auto job, job_of(call, *backend, home, printer));
  TRY(const auto run, client::RemoteRun::begin(
                          node, fmt::format("{} trains for {}", account.substr(0, 12),
                                            job.target_slice)));
  Reporter reporter(printer, run, interrupts.token());
  const node::ContributionHooks hooks{
      [&](const learn::TrainProgress& p) { return reporter(p); },
      [&](std::string_view step) {
        printer.on_story({"expert", std::string(step), printer.seconds()});
      }};
  const auto candidate = node::contribute(*backend, job, call.clock, hooks);
  const bool stopped = interrupts.token().stop_requested();
  run.end(candidate && accepted(*candidate) ? "done" : stopped ? "cancelled" : "failed");
  if (!candidate) return stopped ? Status() : tl::unexpected<Error>(candidate.error());
  if (accepted(*candidate)) TRY_STATUS(await_reward(node, *backend, *candidate, printer));
  return finish(call, *candidate);
}

}  // namespace

Command train_command() {
  return {"train",
          "Train experts for a model and offer them to its network",
          "cambium train --slice kjv-bible",
          {},
          {{"slice", "NAME", "the slice to improve; kjv-bible when it is left out"},
           {"model", "ID", "the model; the main one when it is left out"},
           {"layers", "LIST", "layers that get an expert, by commas; all when it is left out"},
           {"steps", "N", "steps to train; more help where the local gate finds too little gain"},
           {"from", "KEY", "the key that contributes; `contributor`, made when it is missing"},
           {"quick", "", "the recipe of `cambium up --quick`"},
           {"nano", "", "the recipe of `cambium up --nano`"}},
          train};
}

}  // namespace cambium::cli
