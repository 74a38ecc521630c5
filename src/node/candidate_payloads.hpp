// The payloads behind candidates, and the gate's verdict in the chain's words.
#pragma once

#include "cambium/evaluation/v1/evaluation.pb.h"
#include "learn/gate.hpp"
#include "node/node.hpp"

namespace cambium::node {

/// A candidate's blocks, mapped from the store; views are valid as long as this lives.
struct OpenedCandidate {
  std::vector<model::ExpertName> names;
  std::vector<std::unique_ptr<store::StoredPayload>> payloads;
  std::vector<learn::CandidateExpert> experts() const;
};

/// `not_found` when a payload was never published here, `corrupt` when its bytes are altered.
Result<OpenedCandidate> open_candidate(const store::BlockStore& store,
                                       const cambium::evaluation::v1::Candidate& candidate);

/// Every block revealed by candidates that committed before this one.
struct EarlierCommits {
  std::vector<OpenedCandidate> opened;
  std::vector<std::uint64_t> ids;
  std::vector<learn::EarlierCommit> views;
  std::span<const learn::EarlierCommit> commits() const { return views; }
};
Result<EarlierCommits> earlier_commits(Node& node,
                                       const cambium::evaluation::v1::Candidate& candidate);

/// Labels of `EarlierCommits` are candidate numbers.
cambium::evaluation::v1::Gate to_gate(const learn::GateVerdict& verdict,
                                      const EarlierCommits& earlier);

}  // namespace cambium::node
