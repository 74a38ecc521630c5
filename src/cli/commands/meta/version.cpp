#include "cli/commands.hpp"
#include "cli/render.hpp"
#include "gateway/version.hpp"

namespace cambium::cli {

Command version_command() {
  return {"version", "Print the version of this program", "cambium version", {}, {},
          [](Invocation& call) -> Status {
            if (call.json()) {
              show(call, {{"version", gateway::kVersion}});
            } else {
              call.console.line(gateway::kVersion);
            }
            return {};
          }};
}

}  // namespace cambium::cli
