#include "base/crash_point.hpp"

#include <algorithm>
#include <atomic>
#include <csignal>
#include <cstdlib>

namespace cambium {
namespace {

/// What CAMBIUM_CRASH_AT asks for: a name and how many passages until the end.
struct Armed {
  std::string name;
  std::atomic<long> passages{1};

  Armed() {
    if (const char* text = std::getenv("CAMBIUM_CRASH_AT")) set(text);
  }

  void set(std::string_view text) {
    name = text;
    passages = 1;
    if (const auto colon = name.find(':'); colon != std::string::npos) {
      passages = std::max(1L, std::strtol(name.c_str() + colon + 1, nullptr, 10));
      name.resize(colon);
    }
  }
};

Armed& armed() {
  static Armed value;
  return value;
}

std::vector<std::string>& registry() {
  static std::vector<std::string> names;
  return names;
}

std::atomic<CrashWatcher>& current_watcher() {
  static std::atomic<CrashWatcher> watcher{nullptr};
  return watcher;
}

}  // namespace

CrashPoint::CrashPoint(std::string_view name) : name_(name) { registry().emplace_back(name); }

void CrashPoint::pass() const {
  if (const auto watcher = current_watcher().load()) watcher(name_);
  auto& target = armed();
  if (target.name.empty() || (target.name != "*" && target.name != name_)) return;
  if (target.passages.fetch_sub(1) == 1) std::raise(SIGKILL);
}

void arm_crash_point(std::string_view name_and_passage) { armed().set(name_and_passage); }

void watch_crash_points(CrashWatcher watcher) { current_watcher() = watcher; }

std::vector<std::string> crash_point_names() {
  auto names = registry();
  std::sort(names.begin(), names.end());
  return names;
}

}  // namespace cambium
