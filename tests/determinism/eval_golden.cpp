// Prints the evaluation kernel's golden values, for builds by other compilers and for other
// machines: needs neither protobuf nor the native library.
#include <cstdio>

#include "model/eval_kernel.hpp"
#include "model/golden.hpp"

int main() {
  const auto path = cambium::model::eval_kernel_path();
  std::fprintf(stderr, "path: %.*s\n", static_cast<int>(path.size()), path.data());
  std::fputs(cambium::model::golden_report().c_str(), stdout);
  return 0;
}
