// Calls the whole program in this process and keeps what it wrote; for tests.
#pragma once

#include <string>
#include <vector>

#include "cli/run.hpp"

namespace cambium::cli {

struct Outcome {
  int code = 0;
  std::string out;
  std::string err;
};

inline Outcome call(const std::vector<std::string>& words, const Environment& environment = {}) {
  Outcome outcome;
  Console console({[&](std::string_view text) { outcome.out += text; },
                   [&](std::string_view text) { outcome.err += text; }, 0});
  outcome.code = run(words, console, environment);
  return outcome;
}

}  // namespace cambium::cli
