// The makers of all commands; each lies in a file of its own under commands/.
#pragma once

#include "cli/command.hpp"
#include "cli/invocation.hpp"

namespace cambium::cli {

Command up_command();

}  // namespace cambium::cli
