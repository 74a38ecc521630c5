// cambium up: from an empty home to a served model with an expert that earned its place.
#include "cli/commands.hpp"
#include "cli/up/session.hpp"

namespace cambium::cli {
namespace {

bool finished_before(const std::filesystem::path& home) {
  std::error_code error;
  return std::filesystem::exists(node::HomePaths{home}.story(), error);
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
  node::MainJobOptions options;
  options.profile = profile;
  options.seed = config.whole("train.seed");
  if (call.has("no-refusals")) options.refusals = node::MainJobOptions::Refusals::left_out;
  const bool again = finished_before(home);
  TRY(auto running, RunningNode::start(call, {home, std::move(config), profile}));
  const Session session{call, *running, printer, interrupts};
  print_network(session);
  if (again) printer.tell("network", "this home has its story; what is done is not done again");
  return tell_story(session, options);
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
