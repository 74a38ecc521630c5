#include <cstdlib>
#include <string_view>

#include "model/eval/ops.hpp"

namespace cambium::model::eval {
namespace {

const Ops& choose() {
  const char* forced = std::getenv("CAMBIUM_SIMD");
  const std::string_view wish = forced != nullptr ? forced : "";
  if (wish == "scalar") return kScalarOps;
#if defined(__x86_64__)
  __builtin_cpu_init();
  const bool avx2 = __builtin_cpu_supports("avx2") != 0;
  const bool avx512 = __builtin_cpu_supports("avx512f") != 0;
  if (avx512 && wish != "avx2") return kAvx512Ops;
  if (avx2) return kAvx2Ops;
#endif
  return kScalarOps;
}

}  // namespace

const Ops& ops() {
  static const Ops& chosen = choose();
  return chosen;
}

}  // namespace cambium::model::eval
