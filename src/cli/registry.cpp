// The list of commands: a new one is its file, its maker in commands.hpp and one line here.
#include "cli/commands.hpp"

namespace cambium::cli {

const std::vector<Command>& all_commands() {
  static const std::vector<Command> kCommands = {
      up_command(),
  };
  return kCommands;
}

}  // namespace cambium::cli
