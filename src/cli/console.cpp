#include "cli/console.hpp"

#include <sys/ioctl.h>
#include <unistd.h>

#include <cstdio>

namespace cambium::cli {
namespace {

void write_all(int fd, std::string_view text) {
  while (!text.empty()) {
    const ssize_t done = ::write(fd, text.data(), text.size());
    if (done <= 0) return;  // the reader has gone; there is nobody to tell
    text.remove_prefix(static_cast<std::size_t>(done));
  }
}

int terminal_width() {
  if (::isatty(STDOUT_FILENO) == 0) return 0;
  winsize size{};
  if (::ioctl(STDOUT_FILENO, TIOCGWINSZ, &size) != 0 || size.ws_col == 0) return 80;
  return size.ws_col;
}

}  // namespace

Console::Options Console::process() {
  return {[](std::string_view text) { write_all(STDOUT_FILENO, text); },
          [](std::string_view text) { write_all(STDERR_FILENO, text); }, terminal_width()};
}

void Console::clear_live() {
  if (!live_.empty()) options_.out("\r\x1b[K");
}

void Console::draw_live() {
  if (!live_.empty()) options_.out(clip(live_, static_cast<std::size_t>(options_.width) - 1));
}

void Console::line(std::string_view text) {
  std::lock_guard lock(mutex_);
  clear_live();
  options_.out(std::string(text) + "\n");
  draw_live();
}

void Console::text(std::string_view text) {
  std::lock_guard lock(mutex_);
  options_.out(text);
}

void Console::object(const Json& value) {
  line(value.dump(-1, ' ', false, Json::error_handler_t::replace));
}

void Console::talk(std::string_view text) {
  std::lock_guard lock(mutex_);
  clear_live();
  options_.err(std::string(text) + "\n");
  draw_live();
}

void Console::live(std::string text) {
  if (!has_live_line()) return;
  std::lock_guard lock(mutex_);
  clear_live();
  live_ = std::move(text);
  draw_live();
}

}  // namespace cambium::cli
