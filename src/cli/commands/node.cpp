// cambium node: serves a home that `cambium up` made, without training anything.
#include <fmt/format.h>

#include <condition_variable>

#include "cli/commands.hpp"
#include "cli/up/session.hpp"
#include "node/halted.hpp"
#include "node/story_report.hpp"

namespace cambium::cli {
namespace {

constexpr auto kHaltPoll = std::chrono::milliseconds(500);

/// Validators have no story of their own: they order blocks and answer questions, until stopped or
/// until a block needs what this program does not have.
Status serve_chains(const Session& session) {
  print_address(session);
  if (session.call.has("exit-when-done")) return {};
  const auto token = session.interrupts.token();
  std::mutex mutex;
  std::condition_variable_any changed;
  std::unique_lock lock(mutex);
  while (!changed.wait_for(lock, token, kHaltPoll, [&] { return token.stop_requested(); })) {
    const auto waits = session.running.node().readiness().waiting_for;
    if (token.stop_requested()) break;
    if (waits.empty() || !waits.front().starts_with(node::kHaltedPrefix)) continue;
    return fail(ErrorCode::unsupported, waits.front().substr(node::kHaltedPrefix.size()));
  }
  return {};
}

bool holds_network(const std::filesystem::path& home, const Config& config) {
  std::error_code error;
  for (const auto& alias : config.list("node.chains")) {
    if (!std::filesystem::exists(node::HomePaths{home}.genesis(alias), error)) return false;
  }
  return true;
}

Status run_node(Invocation& call) {
  StoryPrinter printer(call.console, form_of(call), call.clock);
  Interrupts interrupts([&] { printer.tell("stop", "stopping cleanly"); });
  TRY(auto home, home_of(call));
  TRY(auto config, settings_of(call, home));
  if (!holds_network(home, config)) {
    return fail(ErrorCode::not_found,
                fmt::format("{} holds no network yet; `cambium up` makes one there, --home names "
                            "another.", home.string()));
  }
  TRY(const auto profile, profile_of(call, home));
  const bool validators = config.text("engine.kind") == "cometbft";
  TRY(auto running, RunningNode::start(call, {home, std::move(config), profile}));
  const Session session{call, *running, printer, interrupts};
  print_network(session);
  if (validators) return serve_chains(session);
  const auto story = running->node().story();
  const auto report = story ? node::report_from_json(*story)
                            : Result<node::StoryReport>(node::StoryReport{});
  if (report && !report->experts.empty()) {
    // A finished story does nothing but serve: its evaluator measures what others offer.
    node::MainJobOptions options;
    options.profile = profile;
    options.refusals = node::MainJobOptions::Refusals::left_out;
    node::MainJob job(running->node(), options, [](const node::StoryLine&) {});
    const Status done = job.run(interrupts.token());
    if (interrupts.token().stop_requested()) return {};
    TRY_STATUS(done);
    print_address(session);
    if (!call.has("exit-when-done")) interrupts.wait();
    return {};
  }
  printer.tell("serve", "there is no finished model yet; `cambium up` goes on with its story");
  print_address(session);
  if (!call.has("exit-when-done")) interrupts.wait();
  return {};
}

}  // namespace

Command node_command() {
  return {"node",
          "Serve an existing home without training",
          "cambium node --home ~/.cambium",
          {},
          {{"port", "N", "port of dashboard and API; 0 lets the system choose"},
           {"compute-port", "N", "port of the compute chain's API; 0 lets the system choose"},
           {"exit-when-done", "", "stop once it serves; for tests"}},
          run_node};
}

}  // namespace cambium::cli
