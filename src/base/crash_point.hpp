// Named places where a test may kill the process, to show that a crash there loses nothing.
// CAMBIUM_CRASH_AT="store.after_write:3" sends SIGKILL at the third passage of that point, and
// CAMBIUM_CRASH_AT="*:40" at the fortieth passage of any.
#pragma once

#include <string>
#include <string_view>
#include <vector>

namespace cambium {

/// One named point, defined once at file scope:
/// `const CrashPoint kAfterWrite("store.after_write")`. Names read "<room>.<where>".
/// Passing costs one comparison when nothing is armed.
class CrashPoint {
 public:
  explicit CrashPoint(std::string_view name);
  /// Dies here when the environment says so.
  void pass() const;
  std::string_view name() const { return name_; }

 private:
  std::string_view name_;
};

/// Arms a point in this process as the environment variable would; for tests that fork.
void arm_crash_point(std::string_view name_and_passage);

/// Every point linked into this program, sorted.
std::vector<std::string> crash_point_names();

/// Called at every passage of every point, before the point kills; any thread may pass.
using CrashWatcher = void (*)(std::string_view name);
/// One watcher at a time; nullptr for none. For jobs that record how far they came.
void watch_crash_points(CrashWatcher watcher);

/// The part of a killed process's exit status that proves a crash point fired: SIGKILL, 9.
inline constexpr int kCrashSignal = 9;

}  // namespace cambium
