// The whole program behind main(): parse, run, and turn errors into one sentence and an exit code.
#pragma once

#include <span>
#include <string>

#include "cli/console.hpp"
#include "base/config.hpp"

namespace cambium::cli {

/// Exit codes of every command.
inline constexpr int kDone = 0;
inline constexpr int kFailed = 1;
inline constexpr int kMisused = 2;

int run(std::span<const std::string> words, Console& console, Environment environment);

}  // namespace cambium::cli
