// The story of `cambium up` as a person reads it: one line a step, and a live line with loss, rate
// and expected end while something trains.
#pragma once

#include <atomic>
#include <map>

#include "cli/console.hpp"
#include "node/main_job.hpp"

namespace cambium::cli {

enum class StoryForm : std::uint8_t { text, json };

class StoryPrinter {
 public:
  StoryPrinter(Console& console, StoryForm form, const Clock& clock);

  /// A line of our own, in the same form.
  void tell(std::string_view step, std::string_view text);
  /// What the main job says.
  void on_story(const node::StoryLine& line);
  /// What a training run says; thinned where nobody watches live.
  void on_run(const node::Run& run);
  double seconds() const;

 private:
  void print(std::string_view step, std::string_view text, double seconds);
  void print_progress(const node::Run& run);

  Console& console_;
  const StoryForm form_;
  const Clock& clock_;
  const std::int64_t began_ns_;
  struct Printed {
    std::uint64_t step = 0;
    double seconds = 0;
  };
  std::mutex mutex_;                       // guards the next
  std::map<std::string, Printed> printed_;  // the last of each run
};

/// "######......  42 %": `width` cells.
std::string bar(double share, int width);
/// "1 min 20 s"
std::string duration(double seconds);

}  // namespace cambium::cli
