// Ctrl-C and SIGTERM as a stop request. The first asks, the second ends the process at once: what
// was acknowledged is durable at every moment.
#pragma once

#include <functional>
#include <stop_token>
#include <thread>

namespace cambium::cli {

/// Made before any other thread, which then inherits the blocked signals.
class Interrupts {
 public:
  /// `on_first` runs once, on this object's thread, before the stop is asked for.
  explicit Interrupts(std::function<void()> on_first);
  ~Interrupts();

  std::stop_token token() const { return stop_.get_token(); }
  /// Returns when a stop was asked for.
  void wait() const;

 private:
  void watch(std::stop_token ended, const std::function<void()>& on_first);

  std::stop_source stop_;
  std::jthread thread_;  // last: it uses the source
};

}  // namespace cambium::cli
