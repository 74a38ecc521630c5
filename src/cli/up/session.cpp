#include "cli/up/session.hpp"

#include <fmt/format.h>

#include "cli/up/closing.hpp"

namespace cambium::cli {
namespace {

/// Tells of training while it lives.
class Watch {
 public:
  Watch(node::Node& node, StoryPrinter& printer)
      : board_(node.progress()),
        id_(board_.listen([&printer](const node::Run& run) { printer.on_run(run); })) {}
  ~Watch() { board_.unlisten(id_); }
  Watch(const Watch&) = delete;
  Watch& operator=(const Watch&) = delete;

 private:
  node::ProgressBoard& board_;
  std::uint64_t id_;
};

void print_report(const Session& session) {
  const auto text = session.running.node().story();
  if (!text) return;
  if (session.call.json()) {
    session.call.console.object(
        {{"step", "report"}, {"report", Json::parse(*text, nullptr, false)}});
  } else if (const auto report = node::report_from_json(*text)) {
    session.call.console.line("\n" + closing(*report));
  }
}

}  // namespace

StoryForm form_of(const Invocation& call) {
  return call.json() ? StoryForm::json : StoryForm::text;
}

void print_network(const Session& session) {
  auto& node = session.running.node();
  const bool one = node.chains().size() == 1;
  session.printer.tell(
      "network", fmt::format("{} of {} run{}, genesis {}; dashboard {}",
                             one ? "one chain" : "both chains", node.home().string(),
                             one ? "s" : "", node.genesis_hash().hex().substr(0, 12),
                             session.running.url()));
}

void print_address(const Session& session) {
  auto& console = session.call.console;
  if (session.call.json()) {
    console.object({{"step", "ready"},
                    {"url", session.running.url()},
                    {"compute_port", session.running.compute_port()},
                    {"seconds", session.printer.seconds()}});
    return;
  }
  console.line(fmt::format("Ready after {}.", duration(session.printer.seconds())));
  console.line(fmt::format("Dashboard: {}", session.running.url()));
  if (!session.call.has("exit-when-done")) console.line("Ctrl-C stops the node.");
}

Status tell_story(const Session& session, const node::MainJobOptions& options) {
  auto& [call, running, printer, interrupts] = session;
  const Watch watch(running.node(), printer);
  node::MainJob job(running.node(), options,
                    [&](const node::StoryLine& line) { printer.on_story(line); });
  const Status done = job.run(interrupts.token());
  call.console.live("");
  if (interrupts.token().stop_requested()) return {};
  const bool stays = !call.has("exit-when-done");
  if (!done && (!stays || !running.node().readiness().ready())) return done;
  print_report(session);
  if (!done) printer.tell("failed", done.error().message);
  print_address(session);
  if (stays) interrupts.wait();  // the job's evaluator serves other candidates until then
  return done;
}

}  // namespace cambium::cli
