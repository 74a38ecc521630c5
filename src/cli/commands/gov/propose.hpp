// Putting a proposal together out of `--do` lines.
#pragma once

#include "cli/command.hpp"

namespace cambium::cli {

Command gov_propose_command();
Command gov_emergency_command();

}  // namespace cambium::cli
