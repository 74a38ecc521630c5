#include "node/role_loop.hpp"

#include <sys/resource.h>

#include <chrono>

#include "base/log.hpp"

namespace cambium::node {
namespace {

constexpr int kBackground = 10;  // as `nice` counts

}  // namespace

RoleLoop::RoleLoop(Options options, Work work)
    : options_(std::move(options)), work_(std::move(work)),
      thread_([this](std::stop_token stop) { run(stop); }) {}

RoleLoop::~RoleLoop() {
  thread_.request_stop();
  thread_.join();
}

void RoleLoop::wake() {
  std::lock_guard lock(mutex_);
  woken_ = true;
  changed_.notify_all();
}

void RoleLoop::run(std::stop_token stop) {
  // On Linux that is of this thread alone; where it is refused the loop runs as the others do.
  if (options_.urgency == Options::Urgency::background) setpriority(PRIO_PROCESS, 0, kBackground);
  std::string last_error;
  while (!stop.stop_requested()) {
    {
      std::unique_lock lock(mutex_);
      changed_.wait_for(lock, stop, std::chrono::milliseconds(options_.interval_ms),
                        [this] { return woken_; });
      woken_ = false;
    }
    if (stop.stop_requested()) return;
    auto done = work_(stop);
    std::string error = done ? "" : done.error().message;
    if (!error.empty() && error != last_error) spdlog::warn("{}: {}", options_.name, error);
    last_error = std::move(error);
  }
}

}  // namespace cambium::node
