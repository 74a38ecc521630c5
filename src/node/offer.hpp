// Offering a bundle of experts as a candidate: commit, wait for the window, publish, reveal, await
// the verdict. Every step looks at the chain first, so a crash at any point is followed by the
// same call and nothing happens twice.
#pragma once

#include <functional>

#include "learn/lineage.hpp"
#include "node/trainer_backend.hpp"

namespace cambium::node {

struct OfferedExpert {
  model::ExpertName name;
  Bytes content;
  learn::Lineage lineage;
};

struct Offer {
  std::string model;
  std::string target_slice;
  std::uint64_t declared_gain_nano = 0;
  std::vector<OfferedExpert> experts;  // by layer
};

/// Told when a step begins: "commit", "window", "publish", "reveal", "measure".
using OnOfferStep = std::function<void(std::string_view step)>;

/// The candidate with its verdict, accepted or not.
Result<cambium::evaluation::v1::Candidate> offer_candidate(TrainerBackend& backend,
                                                           const Offer& offer,
                                                           const OnOfferStep& on_step);

/// One leased slot in each of these layers, leased now where none is held. At most one a layer.
Result<std::vector<model::ExpertName>> lease_slots(TrainerBackend& backend,
                                                   const std::string& model,
                                                   const std::vector<std::uint32_t>& layers);

}  // namespace cambium::node
