// The state that the main job's steps share.
#pragma once

#include "learn/bad_candidates.hpp"
#include "node/contribute.hpp"
#include "node/main_job.hpp"
#include "node/home.hpp"
#include "node/publish.hpp"
#include "node/role_loop.hpp"
#include "node/story_report.hpp"

namespace cambium::node {

/// Why a candidate was refused, with the numbers that decided.
std::string told(const cambium::evaluation::v1::Verdict& verdict);

struct MainJob::Impl {
  Impl(Node& n, MainJobOptions o, OnStory s);

  // The steps, in order; each returns at once when it is done already.
  Status build_datasets();
  Status train_base();
  Status publish();
  Status serve_and_measure();
  Status contribute();
  Status offer_bad_ones();
  Status finish();

  Status start_evaluator();
  Result<learn::TokenStream> stream(std::string_view id) const;
  Contribution contribution_job() const;
  Status add_text(Contribution& job) const;
  Result<Offer> spoiled(learn::BadKind kind, const Prepared& good,
                        const std::vector<model::ExpertName>& slots) const;
  Result<Offer> reckless(TrainerBackend& backend, const std::vector<model::ExpertName>& slots);
  learn::OnProgress to_board(const std::string& run);
  OnOfferStep to_story(const std::string& run);
  Result<std::vector<SliceQuality>> measure_served(const std::string& part);
  std::vector<std::string> answer_prompts();
  Status await_reward(const cambium::evaluation::v1::Candidate& candidate);
  Status save();
  void tell(std::string_view step, std::string text);
  double seconds() const;
  /// Runs one step and keeps how long it took.
  Status timed(const std::string& part, const std::function<Status()>& step);
  bool stopped() const { return stop.stop_requested(); }

  Node& node;
  MainJobOptions options;
  OnStory on_story;
  HomePaths paths;
  Corpus corpus;
  StoryReport report;
  std::int64_t began_ns;
  std::stop_token stop;
  std::shared_ptr<const model::Tokenizer> tokenizer;
  std::vector<learn::SliceHalf> halves;
  std::unique_ptr<Evaluator> evaluator;
  std::unique_ptr<engine::Subscription> on_block;
  std::unique_ptr<RoleLoop> evaluator_loop;  // last: it uses the evaluator
};

}  // namespace cambium::node
