#include "base/check.hpp"

#include <cstdio>
#include <cstdlib>

namespace cambium::detail {

void check_failed(const char* file, int line, const char* expression, std::string_view why) {
  std::fprintf(stderr, "%s:%d: bug: %.*s (CHECK %s)\n", file, line, int(why.size()), why.data(),
               expression);
  std::abort();
}

}  // namespace cambium::detail
