// What the main job achieved, as the pages and the story file show it.
#pragma once

#include <string>
#include <vector>

#include "base/result.hpp"
#include "learn/evaluation.hpp"

namespace cambium::node {

/// Mean loss of one slice over both halves.
struct SliceQuality {
  std::string slice;
  std::string dataset;
  std::string licence;
  std::uint64_t tokens = 0;
  double nats = 0;
  double perplexity = 0;
  double bits_per_byte = 0;
};

/// Before and after of the same prompt, honestly babble.
struct Continuation {
  std::string prompt;
  std::string before;
  std::string after;
};

struct Refused {
  std::string kind;    // "noise", "copy", ...
  std::string reason;  // the chain's word for it
  std::int64_t measured_nano = 0;
  std::int64_t limit_nano = 0;
  std::string slice;
};

struct Timing {
  std::string part;
  double seconds = 0;
};

struct StoryReport {
  std::string model;
  std::string trainer;
  std::uint64_t reward_ucbm = 0;
  std::vector<std::string> experts;
  std::vector<SliceQuality> before, after;
  std::vector<Continuation> continuations;
  std::vector<Refused> refused;
  std::vector<Timing> timings;
};

/// One entry per slice, both halves together, in the order of their names.
std::vector<SliceQuality> summarise(const std::vector<learn::SliceHalf>& halves,
                                    const std::vector<learn::SequenceLosses>& losses);

/// {"before_after":[...],"continuations":[...],"refused":[...],"timings":[...],...}
std::string to_json(const StoryReport& report);
/// `corrupt` when the text is not such a report.
Result<StoryReport> report_from_json(const std::string& text);

}  // namespace cambium::node
