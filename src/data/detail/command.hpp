// Running another program and reading what it says.
#pragma once

#include <filesystem>
#include <string>
#include <vector>

#include "base/result.hpp"

namespace cambium::data::detail {

struct Command {
  std::vector<std::string> words;   // the program, found in PATH, and its arguments
  std::filesystem::path folder;     // to run in
};

/// Standard output of a program that ended with 0; its standard error stays ours.
/// Blocks until it ends.
Result<std::string> run_command(const Command& command);

}  // namespace cambium::data::detail
