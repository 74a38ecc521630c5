// A line for every new block of a network, and a warning when its nodes do not agree.
#pragma once

#include <stop_token>
#include <string>
#include <vector>

#include "cli/invocation.hpp"

namespace cambium::cli {

/// Asks the nodes at these addresses a few times a second until stopped.
void watch_heights(Invocation& call, const std::vector<std::string>& urls, std::stop_token stop);

}  // namespace cambium::cli
