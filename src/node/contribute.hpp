// A contributor's whole work, in this process or as a client of a far node: lease slots, train,
// pass the local gate, offer, and hear the verdict.
#pragma once

#include <filesystem>

#include "base/clock.hpp"
#include "learn/evaluation.hpp"
#include "learn/expert_trainer.hpp"
#include "node/offer.hpp"

namespace cambium::node {

struct Contribution {
  std::string model;
  std::string target_slice;
  std::vector<std::uint32_t> layers;
  learn::TokenStream domain;
  std::vector<learn::TokenStream> replay;
  std::vector<learn::SliceHalf> public_halves;  // what the contributor can measure
  learn::Recipe recipe;
  std::filesystem::path folder;                 // of this run; a crash goes on from it
};

/// What came out of training, kept in the folder until the verdict is known.
struct Prepared {
  std::vector<OfferedExpert> experts;
  std::uint64_t declared_gain_nano = 0;
  learn::Forecast forecast;
};

struct ContributionHooks {
  learn::OnProgress on_progress;
  OnOfferStep on_step;
};

/// Trains on the present head and keeps checkpoints in the folder; nothing is said of its worth.
Result<learn::ExpertResult> train_contribution(TrainerBackend& backend, const Contribution& job,
                                               const std::vector<model::ExpertName>& slots,
                                               const Clock& clock,
                                               const learn::OnProgress& on_progress);
/// Trains, or reads what an earlier call finished.
Result<Prepared> prepare_contribution(TrainerBackend& backend, const Contribution& job,
                                      const Clock& clock, const ContributionHooks& hooks);
/// Prepares and offers; the candidate with its verdict.
Result<cambium::evaluation::v1::Candidate> contribute(TrainerBackend& backend,
                                                      const Contribution& job, const Clock& clock,
                                                      const ContributionHooks& hooks);

}  // namespace cambium::node
