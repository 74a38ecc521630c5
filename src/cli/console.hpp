// Where a command writes: results to stdout, talk to stderr, and one live line at the bottom of a
// terminal.
#pragma once

#include <functional>
#include <mutex>
#include <nlohmann/json.hpp>
#include <string>
#include <string_view>

namespace cambium::cli {

using Json = nlohmann::ordered_json;

/// Threads may call everything at any time.
class Console {
 public:
  using Sink = std::function<void(std::string_view)>;
  struct Options {
    Sink out;
    Sink err;
    int width = 0;  // columns of the terminal; 0 when stdout is none, then there is no live line
  };
  explicit Console(Options options) : options_(std::move(options)) {}
  /// The process's own stdout and stderr.
  static Options process();

  /// A line of results.
  void line(std::string_view text);
  /// Text as it comes, without a newline: a streamed answer.
  void text(std::string_view text);
  /// One JSON object on a line of its own.
  void object(const Json& value);
  /// A line of talk.
  void talk(std::string_view text);
  /// Replaces the live line; an empty one removes it.
  void live(std::string text);
  bool has_live_line() const { return options_.width > 0; }
  int width() const { return options_.width; }

 private:
  void clear_live();
  void draw_live();

  Options options_;
  std::mutex mutex_;  // guards what follows and the order of writes
  std::string live_;
};

/// Columns that UTF-8 text takes, one a code point.
std::size_t columns(std::string_view text);
/// Cut to this many columns, the last one an ellipsis.
std::string clip(std::string_view text, std::size_t columns);

/// Aligned columns: the first row is the heading; cells that look like numbers go to the right.
std::string table(const std::vector<std::vector<std::string>>& rows);

}  // namespace cambium::cli
