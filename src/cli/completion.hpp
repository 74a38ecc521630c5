// Completion scripts derived from the commands.
#pragma once

#include <string>
#include <string_view>

#include "base/result.hpp"

namespace cambium::cli {

/// For "bash", "zsh" or "fish"; `invalid_input` for another shell.
Result<std::string> completion_script(std::string_view shell);

/// docs/cli.md: every command with its words, options and example.
std::string manual();

}  // namespace cambium::cli
