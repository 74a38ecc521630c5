#include "gateway/http/stream.hpp"

#include <fmt/format.h>

namespace cambium::gateway {

bool TextStream::send(std::string text) {
  std::function<void()> wake;
  {
    std::lock_guard lock(mutex_);
    if (closed_ || finished_) return false;
    if (buffer_.size() + text.size() > kMaxBufferedBytes) {
      closed_ = true;
    } else {
      buffer_ += text;
    }
    wake = wake_;
  }
  if (wake) wake();
  return !closed_;
}

void TextStream::finish() {
  std::function<void()> wake;
  {
    std::lock_guard lock(mutex_);
    finished_ = true;
    wake = wake_;
  }
  if (wake) wake();
}

void TextStream::close() {
  std::function<void()> action;
  {
    std::lock_guard lock(mutex_);
    if (closed_.exchange(true) || finished_) return;
    action = on_close_;
  }
  if (action) action();
}

void TextStream::on_close(std::function<void()> action) {
  std::lock_guard lock(mutex_);
  on_close_ = std::move(action);
}

std::optional<std::string> TextStream::take() {
  std::lock_guard lock(mutex_);
  if (buffer_.empty()) return std::nullopt;
  return std::exchange(buffer_, {});
}

bool TextStream::finished() const {
  std::lock_guard lock(mutex_);
  return finished_ && buffer_.empty();
}

void TextStream::on_ready(std::function<void()> wake) {
  std::lock_guard lock(mutex_);
  wake_ = std::move(wake);
}

std::string sse_event(std::string_view event, std::string_view data) {
  if (event.empty()) return fmt::format("data: {}\n\n", data);
  return fmt::format("event: {}\ndata: {}\n\n", event, data);
}

}  // namespace cambium::gateway
