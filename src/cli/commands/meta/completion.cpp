#include "cli/completion.hpp"

#include "cli/commands.hpp"

namespace cambium::cli {

Command completion_command() {
  return {"completion",
          "Print a completion script for a shell",
          "source <(cambium completion bash)",
          {{"shell", "bash, zsh or fish"}},
          {},
          [](Invocation& call) -> Status {
            TRY(const auto script, completion_script(call.argument("shell")));
            call.console.text(script);
            return {};
          }};
}

}  // namespace cambium::cli
