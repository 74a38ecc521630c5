// A one-way stream of text to one client, fed from any thread.
#pragma once

#include <atomic>
#include <deque>
#include <functional>
#include <memory>
#include <mutex>
#include <optional>
#include <string>
#include <utility>

namespace cambium::gateway {

/// The producer's end is `send` and `finish`; the connection's end is `next`. A client that stops
/// reading fills the buffer and is cut off, so a stream never holds more than kMaxBufferedBytes.
class TextStream {
 public:
  static constexpr std::size_t kMaxBufferedBytes = 512 * 1024;

  /// False once the client is gone or too slow: the producer should stop.
  bool send(std::string text);
  void finish();

  /// Called by the connection when the client has gone; wakes a waiting producer's `closed`.
  void close();
  bool closed() const { return closed_.load(std::memory_order_relaxed); }
  /// Runs when the client goes away; set before the first send.
  void on_close(std::function<void()> action);

  /// Moves out everything that waits; nothing when there is nothing.
  std::optional<std::string> take();
  bool finished() const;
  /// How the connection is told that something waits; called from the producer's thread.
  void on_ready(std::function<void()> wake);

 private:
  mutable std::mutex mutex_;
  std::string buffer_;
  bool finished_ = false;
  std::atomic<bool> closed_ = false;
  std::function<void()> wake_;
  std::function<void()> on_close_;
};

using StreamPtr = std::shared_ptr<TextStream>;

/// One server-sent event (WHATWG HTML, section 9.2) with a JSON line as its data.
std::string sse_event(std::string_view event, std::string_view data);

}  // namespace cambium::gateway
