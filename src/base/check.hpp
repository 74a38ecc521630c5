// CHECK guards against our own bugs. It is always on and never sees outside input.
#pragma once

#include <string_view>

namespace cambium::detail {
[[noreturn]] void check_failed(const char* file, int line, const char* expression,
                               std::string_view why);
}

/// Stops the process with file, line and reason when `condition` does not hold.
#define CHECK(condition, why)                                                   \
  do {                                                                          \
    if (!(condition)) [[unlikely]]                                              \
      ::cambium::detail::check_failed(__FILE__, __LINE__, #condition, (why));   \
  } while (false)
