#include "client/sse.hpp"

#include <utility>

namespace cambium::client {

bool EventReader::feed(std::string_view bytes) {
  buffer_ += bytes;
  std::size_t from = 0;
  for (std::size_t end; (end = buffer_.find('\n', from)) != std::string::npos; from = end + 1) {
    std::string_view line(buffer_.data() + from, end - from);
    if (line.ends_with('\r')) line.remove_suffix(1);
    if (!take_line(line)) return false;
  }
  buffer_.erase(0, from);
  return true;
}

bool EventReader::take_line(std::string_view line) {
  if (line.empty()) {
    const bool deliver = has_data_;
    Event event = std::exchange(event_, {});
    has_data_ = false;
    if (event.name.empty()) event.name = "message";
    return !deliver || on_event_(event);
  }
  const auto colon = line.find(':');
  const auto field = line.substr(0, colon);
  auto value = colon == std::string_view::npos ? std::string_view() : line.substr(colon + 1);
  if (value.starts_with(' ')) value.remove_prefix(1);
  if (field == "event") event_.name = value;
  if (field == "data") {
    if (has_data_) event_.data += '\n';
    event_.data += value;
    has_data_ = true;
  }
  return true;  // comments and other fields are of no interest here
}

}  // namespace cambium::client
