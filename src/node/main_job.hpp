// The story of `cambium up`: from an empty home to an expert that earned its place. Every step
// looks at what chain, store and disk already have, so after a crash the same call goes on where
// it was and nothing is done twice.
#pragma once

#include <functional>
#include <memory>
#include <string>

#include "node/corpus.hpp"
#include "node/evaluator.hpp"
#include "node/node.hpp"

namespace cambium::node {

/// One step of the story as people watch it.
struct StoryLine {
  std::string step;   // "datasets", "base", "publish", "serve", "train", "refuse", "report"
  std::string text;   // a sentence
  double seconds = 0; // since the story began
};
using OnStory = std::function<void(const StoryLine&)>;

struct MainJobOptions {
  learn::Profile profile = learn::Profile::full;
  std::uint64_t seed = 7;
  /// Whether bad candidates are offered too, to show each being refused.
  enum class Refusals : std::uint8_t { shown, left_out } refusals = Refusals::shown;
};

class MainJob {
 public:
  /// The node is started. Steps that are done already return at once.
  MainJob(Node& node, MainJobOptions options, OnStory on_story);
  ~MainJob();

  /// Runs or goes on with the whole story; `cancelled` when `stop` was asked.
  Status run(std::stop_token stop);

 private:
  struct Impl;
  std::unique_ptr<Impl> impl_;
};

}  // namespace cambium::node
