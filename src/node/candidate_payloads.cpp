#include "node/candidate_payloads.hpp"

#include "chain/modules/evaluation/evaluation.hpp"
#include "chain/modules/models/block_header.hpp"

namespace cambium::node {
namespace {

namespace pb = cambium::evaluation::v1;
namespace evaluation = chain::evaluation;

pb::Reason reason_of(learn::GateReason reason) {
  switch (reason) {
    case learn::GateReason::none: return pb::REASON_NONE;
    case learn::GateReason::wrong_shape: return pb::REASON_WRONG_SHAPE;
    case learn::GateReason::non_finite: return pb::REASON_NON_FINITE;
    case learn::GateReason::outlier_weights: return pb::REASON_OUTLIER_WEIGHTS;
    case learn::GateReason::similar_to_earlier_commit: return pb::REASON_SIMILAR_TO_EARLIER_COMMIT;
    case learn::GateReason::no_gain: return pb::REASON_GATE_NO_GAIN;
  }
  return pb::REASON_GATE_NO_GAIN;
}

}  // namespace

std::vector<learn::CandidateExpert> OpenedCandidate::experts() const {
  std::vector<learn::CandidateExpert> out;
  for (std::size_t i = 0; i < names.size(); ++i) out.push_back({names[i], payloads[i]->content()});
  return out;
}

Result<OpenedCandidate> open_candidate(const store::BlockStore& store,
                                       const pb::Candidate& candidate) {
  OpenedCandidate out;
  for (const auto& bytes : candidate.headers()) {
    TRY(auto parsed, chain::models::parse_header(as_bytes(bytes)));
    TRY(auto name, model::parse_expert_name(parsed.header.name()));
    TRY(auto payload, store.open(parsed.payload_root));
    TRY_STATUS(payload->verify_all());
    out.names.push_back(name);
    out.payloads.push_back(std::move(payload));
  }
  return out;
}

Result<EarlierCommits> earlier_commits(Node& node, const pb::Candidate& candidate) {
  TRY(auto view, node.compute().state_at());
  EarlierCommits out;
  for (std::uint64_t id = 1; id < candidate.id(); ++id) {
    auto bytes = view.get(evaluation::kCandidates.key({id}));
    if (!bytes) continue;
    auto other = evaluation::kCandidates.decoded(*bytes);
    if (other.model() != candidate.model() || other.headers().empty()) continue;
    auto opened = open_candidate(node.store(), other);
    if (!opened) continue;  // never published: nothing to resemble
    out.opened.push_back(std::move(*opened));
    out.ids.push_back(id);
  }
  for (std::size_t i = 0; i < out.opened.size(); ++i) {
    for (const auto& expert : out.opened[i].experts()) {
      out.views.push_back({std::to_string(out.ids[i]), expert.name, expert.content});
    }
  }
  return out;
}

pb::Gate to_gate(const learn::GateVerdict& verdict, const EarlierCommits& earlier) {
  pb::Gate out;
  out.set_reason(reason_of(verdict.reason));
  out.set_measured_nano(verdict.measured_nano);
  out.set_limit_nano(verdict.limit_nano);
  for (auto id : earlier.ids) {
    if (std::to_string(id) == verdict.other) out.set_other_candidate(id);
  }
  if (!verdict.passed()) out.set_detail(verdict.detail.substr(0, 200));
  return out;
}

}  // namespace cambium::node
