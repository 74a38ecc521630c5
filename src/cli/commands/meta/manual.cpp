#include "cli/commands.hpp"
#include "cli/completion.hpp"

namespace cambium::cli {

Command manual_command() {
  return {"manual", "Print the manual of all commands as Markdown",
          "cambium manual > docs/cli.md", {}, {},
          [](Invocation& call) -> Status {
            call.console.text(manual());
            return {};
          }};
}

}  // namespace cambium::cli
