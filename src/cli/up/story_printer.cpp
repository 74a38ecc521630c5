#include "cli/up/story_printer.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>

namespace cambium::cli {
namespace {

constexpr double kPlainEverySeconds = 10;  // between two lines of progress where none is live
constexpr int kBarCells = 24;

/// The words that the main job uses for the steps of an offer.
std::string_view sentence_of(std::string_view word) {
  static const std::map<std::string_view, std::string_view> kSentences = {
      {"lease", "leases a free slot in every layer"},
      {"train", "trains, the anchor frozen, every batch hashed for the lineage"},
      {"gate", "measures itself on the public half before it asks others"},
      {"commit", "commits to the candidate by its hash"},
      {"window", "waits until the commit window closes"},
      {"publish", "publishes the payload"},
      {"reveal", "reveals the candidate"},
      {"measure", "waits for the committee's measurement"}};
  const auto found = kSentences.find(word);
  return found == kSentences.end() ? word : found->second;
}

std::string progress_text(const node::Run& run) {
  std::string text = fmt::format("step {} of {}, loss {:.3f}", run.step, run.steps, run.loss);
  if (run.tokens_per_s > 0) text += fmt::format(", {:.0f} tokens/s", run.tokens_per_s);
  if (run.eta_s > 0) text += fmt::format(", {} left", duration(run.eta_s));
  return text;
}

}  // namespace

std::string bar(double share, int width) {
  const int full = static_cast<int>(std::lround(std::clamp(share, 0.0, 1.0) * width));
  return fmt::format("{}{} {:3.0f} %", std::string(static_cast<std::size_t>(full), '#'),
                     std::string(static_cast<std::size_t>(width - full), '.'), share * 100);
}

std::string duration(double seconds) {
  const auto whole = static_cast<long>(std::lround(seconds));
  if (whole < 60) return fmt::format("{} s", whole);
  return fmt::format("{} min {} s", whole / 60, whole % 60);
}

StoryPrinter::StoryPrinter(Console& console, StoryForm form, const Clock& clock)
    : console_(console), form_(form), clock_(clock), began_ns_(clock.monotonic_ns()) {}

double StoryPrinter::seconds() const {
  return static_cast<double>(clock_.monotonic_ns() - began_ns_) * 1e-9;
}

void StoryPrinter::print(std::string_view step, std::string_view text, double seconds) {
  if (form_ == StoryForm::json) {
    console_.object({{"step", step}, {"text", text}, {"seconds", seconds}});
  } else {
    console_.line(fmt::format("{:7.1f} s  {:<9} {}", seconds, step, text));
  }
}

void StoryPrinter::tell(std::string_view step, std::string_view text) {
  print(step, text, seconds());
}

void StoryPrinter::on_story(const node::StoryLine& line) {
  if (line.step == "report") return;  // the closing table says it better
  const bool passing = (line.step == "measure" && line.text.ends_with(" sequences")) ||
                       (line.step == "datasets" && line.text.starts_with("read "));
  if (passing) {
    if (form_ == StoryForm::text) {
      console_.live(fmt::format("{:7.1f} s  {:<9} {}", seconds(), line.step, line.text));
    }
    return;
  }
  console_.live("");
  const auto step = line.step == "expert" ? "train" : line.step;
  print(step, sentence_of(line.text), seconds());
}

void StoryPrinter::on_run(const node::Run& run) {
  if (run.state != node::RunState::running) {
    console_.live("");
    return;
  }
  if (run.steps == 0 || run.step == 0) return;
  if (form_ == StoryForm::text && console_.has_live_line()) {
    if (run.step == run.steps) return console_.live("");
    const double share = static_cast<double>(run.step) / static_cast<double>(run.steps);
    console_.live(fmt::format("{:7.1f} s  {:<9} {}  {}", seconds(), run.id,
                              bar(share, kBarCells), progress_text(run)));
    return;
  }
  print_progress(run);
}

void StoryPrinter::print_progress(const node::Run& run) {
  const double now = seconds();
  {
    std::lock_guard lock(mutex_);
    auto& last = printed_[run.id];
    const bool due = last.step == 0 || now - last.seconds >= kPlainEverySeconds ||
                     run.step == run.steps;
    if (!due || run.step == last.step) return;  // other news than progress has no line of its own
    last = {run.step, now};
  }
  if (form_ == StoryForm::text) return print(run.id, progress_text(run), now);
  console_.object({{"step", "progress"},
                   {"run", run.id},
                   {"at", run.step},
                   {"of", run.steps},
                   {"loss", run.loss},
                   {"tokens_per_s", run.tokens_per_s},
                   {"eta_s", run.eta_s},
                   {"seconds", now}});
}

}  // namespace cambium::cli
