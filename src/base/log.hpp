// Logging for everything above the kernel; the kernel itself is silent.
#pragma once

#include <spdlog/spdlog.h>

namespace cambium {

/// Talk goes to stderr (stdout is data). `level` is one of trace, debug, info, warn, error, off.
void set_up_logging(std::string_view level);

}  // namespace cambium
