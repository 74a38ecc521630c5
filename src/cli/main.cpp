// The `cambium` command.
#include <csignal>

#include "cli/run.hpp"

int main(int argc, char** argv) {
  std::signal(SIGPIPE, SIG_IGN);  // a reader that went away is no reason to stop a node
  cambium::cli::Console console(cambium::cli::Console::process());
  const std::vector<std::string> words(argv + 1, argv + argc);
  return cambium::cli::run(words, console, cambium::process_environment());
}
