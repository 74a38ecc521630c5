#include "learn/detail/torch_step.hpp"

#include <sys/resource.h>
#include <thread>

#include "learn/detail/torch.hpp"

namespace cambium::learn::detail {
namespace {

constexpr int kProbeSteps = 4;
constexpr double kWorthIt = 1.15;  // a second thread must bring at least this

double seconds_of(const Clock& clock, const std::function<void()>& step) {
  const std::int64_t begun = clock.monotonic_ns();
  for (int i = 0; i < kProbeSteps; ++i) step();
  return static_cast<double>(clock.monotonic_ns() - begun) / 1e9;
}

std::uint64_t ms_of(const timeval& t) {
  return static_cast<std::uint64_t>(t.tv_sec) * 1000 + static_cast<std::uint64_t>(t.tv_usec) / 1000;
}

}  // namespace

void choose_threads(unsigned wanted, const Clock& clock, const std::function<void()>& step) {
  if (wanted != 0 || std::thread::hardware_concurrency() < 2) {
    at::set_num_threads(static_cast<int>(std::max(1U, wanted)));
    return;
  }
  at::set_num_threads(1);
  step();  // the first one also fills caches and pools
  const double one = seconds_of(clock, step);
  at::set_num_threads(2);
  step();
  const double two = seconds_of(clock, step);
  at::set_num_threads(one > kWorthIt * two ? 2 : 1);
}

std::uint64_t cpu_ms() {
  rusage usage{};
  getrusage(RUSAGE_SELF, &usage);
  return ms_of(usage.ru_utime) + ms_of(usage.ru_stime);
}

}  // namespace cambium::learn::detail
