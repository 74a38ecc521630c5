// Server-sent events (WHATWG HTML, section 9.2) out of bytes as they arrive.
#pragma once

#include <functional>
#include <string>
#include <string_view>

namespace cambium::client {

struct Event {
  std::string name;  // "message" where the sender gives none
  std::string data;
};

class EventReader {
 public:
  using OnEvent = std::function<bool(const Event&)>;
  explicit EventReader(OnEvent on_event) : on_event_(std::move(on_event)) {}

  /// False once `on_event` has returned false.
  bool feed(std::string_view bytes);

 private:
  bool take_line(std::string_view line);

  OnEvent on_event_;
  std::string buffer_;  // the unfinished line
  Event event_;
  bool has_data_ = false;
};

}  // namespace cambium::client
