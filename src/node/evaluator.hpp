// The evaluator role: takes its seats, measures candidates with the bit-exact kernel on both halves
// of every slice, commits, reveals. What it does follows from the chain's state alone.
#pragma once

#include "cambium/evaluation/v1/evaluation.pb.h"
#include "node/corpus.hpp"
#include "node/node.hpp"

namespace cambium::node {

/// How far a measurement is: sequences done of all.
using OnMeasure = std::function<void(std::uint64_t candidate, std::size_t done, std::size_t of)>;

class Evaluator {
 public:
  /// All borrowed. `corpus` is built; `halves` are the model's slices under its tokenizer.
  Evaluator(Node& node, engine::AccountSender& seat, KeyPtr key,
            std::vector<learn::SliceHalf> halves, unsigned threads, OnMeasure on_measure)
      : node_(node), seat_(seat), key_(std::move(key)), halves_(std::move(halves)),
        threads_(threads), on_measure_(std::move(on_measure)) {}

  /// Bonds if needed and does what is due for every seat; returns when nothing is.
  Status step(std::stop_token stop);

 private:
  using Candidate = cambium::evaluation::v1::Candidate;
  using Report = cambium::evaluation::v1::Report;

  Status bond();
  Result<std::vector<Candidate>> seats_due() const;
  Status serve(const Candidate& candidate, std::stop_token stop);
  Result<Report> report(const Candidate& candidate, std::stop_token stop);
  Status gate(const Candidate& candidate, const model::ModelWeights& head, Report& report);
  Status measure(const Candidate& candidate, const model::ModelWeights& head, Report& report,
                 std::stop_token stop);
  Result<std::vector<learn::SequenceLosses>> losses_of(const model::ModelWeights& model,
                                                       std::uint64_t candidate,
                                                       std::stop_token stop);
  Hash salt_of(const Candidate& candidate) const;

  Node& node_;
  engine::AccountSender& seat_;
  KeyPtr key_;
  std::vector<learn::SliceHalf> halves_;
  unsigned threads_;
  OnMeasure on_measure_;
  Hash incumbent_root_;  // of the next
  std::vector<learn::SequenceLosses> incumbent_;
  std::map<std::pair<std::uint64_t, std::uint32_t>, Report> reports_;  // candidate, attempt
};

}  // namespace cambium::node
