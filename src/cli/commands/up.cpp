// cambium up: from an empty home to a served model with an expert that earned its place.
#include <fmt/format.h>

#include "cli/commands.hpp"
#include "cli/running_node.hpp"
#include "cli/up/closing.hpp"
#include "cli/up/story_printer.hpp"

namespace cambium::cli {
namespace {

StoryForm form_of(const Invocation& call) {
  return call.json() ? StoryForm::json : StoryForm::text;
}

bool finished_before(const std::filesystem::path& home) {
  std::error_code error;
  return std::filesystem::exists(node::HomePaths{home}.story(), error);
}

void print_report(Invocation& call, node::Node& node) {
  const auto text = node.story();
  if (!text) return;
  if (call.json()) {
    call.console.object({{"step", "report"}, {"report", Json::parse(*text, nullptr, false)}});
  } else if (const auto report = node::report_from_json(*text)) {
    call.console.line("\n" + closing(*report));
  }
}

void print_address(Invocation& call, RunningNode& running, double seconds) {
  if (call.json()) {
    call.console.object({{"step", "ready"},
                         {"url", running.url()},
                         {"compute_port", running.compute_port()},
                         {"seconds", seconds}});
    return;
  }
  call.console.line(fmt::format("Dashboard: {}", running.url()));
  if (!call.has("exit-when-done")) call.console.line("Ctrl-C stops the node.");
}

/// Tells of training while it lives.
class Watch {
 public:
  Watch(node::Node& node, StoryPrinter& printer)
      : board_(node.progress()),
        id_(board_.listen([&printer](const node::Run& run) { printer.on_run(run); })) {}
  ~Watch() { board_.unlisten(id_); }

 private:
  node::ProgressBoard& board_;
  std::uint64_t id_;
};

Status tell_story(Invocation& call, RunningNode& running, learn::Profile profile,
                  StoryPrinter& printer, Interrupts& interrupts) {
  node::MainJobOptions options;
  options.profile = profile;
  options.seed = running.node().config().whole("train.seed");
  if (call.has("no-refusals")) options.refusals = node::MainJobOptions::Refusals::left_out;
  const Watch watch(running.node(), printer);
  node::MainJob job(running.node(), options,
                    [&](const node::StoryLine& line) { printer.on_story(line); });
  const Status done = job.run(interrupts.token());
  call.console.live("");
  if (interrupts.token().stop_requested()) return {};
  const bool served = running.node().readiness().ready();
  if (!done && (!served || call.has("exit-when-done"))) return done;
  print_report(call, running.node());
  if (!done) printer.tell("failed", done.error().message);
  print_address(call, running, printer.seconds());
  if (!call.has("exit-when-done")) interrupts.wait();  // the job's evaluator serves others too
  return done;
}

Status run_up(Invocation& call) {
  if (call.has("join")) {
    return fail(ErrorCode::unsupported, "Joining a network of other nodes comes with a later "
                                        "version; leave --join out to start a network of your "
                                        "own.");
  }
  StoryPrinter printer(call.console, form_of(call), call.clock);
  Interrupts interrupts([&] {
    call.console.live("");
    printer.tell("stop", "stopping cleanly; Ctrl-C again stops at once, nothing is lost");
  });
  TRY(auto home, home_of(call));
  TRY(auto config, settings_of(call, home));
  TRY(const auto profile, profile_of(call, home));
  const bool again = finished_before(home);
  TRY(auto running, RunningNode::start(call, {home, std::move(config), profile}));
  printer.tell("network", fmt::format("both chains of {} run, genesis {}; dashboard {}",
                                      home.string(),
                                      running->node().genesis_hash().hex().substr(0, 12),
                                      running->url()));
  if (again) printer.tell("network", "this home has its story; what is done is not done again");
  return tell_story(call, *running, profile, printer, interrupts);
}

}  // namespace

Command up_command() {
  return {"up",
          "Start a network of one node, train its first model and serve it",
          "cambium up --quick",
          {},
          {{"quick", "", "a smaller model, ready in about two minutes"},
           {"nano", "", "a tiny model for tests, ready in seconds"},
           {"no-refusals", "", "leave out the bad candidates that are shown being refused"},
           {"port", "N", "port of dashboard and API; 0 lets the system choose"},
           {"compute-port", "N", "port of the compute chain's API; 0 lets the system choose"},
           {"exit-when-done", "", "stop when the story has been told"},
           {"join", "", "join other nodes (in a later version)"}},
          run_up};
}

}  // namespace cambium::cli
