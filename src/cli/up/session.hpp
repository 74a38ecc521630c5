// What `up` and `node` share: telling the story, the address, and waiting for Ctrl-C.
#pragma once

#include "cli/running_node.hpp"
#include "cli/up/story_printer.hpp"

namespace cambium::cli {

/// Who runs and how it is told; all borrowed.
struct Session {
  Invocation& call;
  RunningNode& running;
  StoryPrinter& printer;
  Interrupts& interrupts;
};

StoryForm form_of(const Invocation& call);
/// The first line of a node's story.
void print_network(const Session& session);
/// The last lines: where the dashboard is and how to stop.
void print_address(const Session& session);

/// Runs the main job, then stays until Ctrl-C unless --exit-when-done is there. A story that fails
/// ends the call only where nothing is served.
Status tell_story(const Session& session, const node::MainJobOptions& options);

}  // namespace cambium::cli
