#include "node/evaluator.hpp"

#include "base/crash_point.hpp"
#include "chain/modules/evaluation/commitment.hpp"
#include "chain/modules/evaluation/evaluation.hpp"
#include "crypto/sha256.hpp"
#include "node/candidate_payloads.hpp"
#include "node/model_loader.hpp"
#include "schema/canonical.hpp"

namespace cambium::node {
namespace {

namespace evaluation = chain::evaluation;
namespace pb = cambium::evaluation::v1;

const CrashPoint kAfterMeasure("node.evaluator.after_measure");
const CrashPoint kAfterCommit("node.evaluator.after_commit");

pb::SliceReport to_report(const learn::SliceMeasurement& m) {
  pb::SliceReport out;
  out.set_slice(m.slice);
  out.set_half(m.half == learn::Half::public_half ? pb::HALF_PUBLIC : pb::HALF_HIDDEN);
  out.set_sequences(m.sequences);
  out.set_tokens(m.tokens);
  out.set_sum_gain_nano(m.sum_gain_nano);
  out.set_sum_squares_high(static_cast<std::uint64_t>(m.sum_squares >> 64));
  out.set_sum_squares_low(static_cast<std::uint64_t>(m.sum_squares));
  out.set_incumbent_loss_nano(m.incumbent_loss_nano);
  out.set_candidate_loss_nano(m.candidate_loss_nano);
  out.set_losses_root(to_string(m.losses_root));
  return out;
}

const pb::Seat* seat_of(const pb::Candidate& candidate, const std::string& account) {
  for (const auto& seat : candidate.seats()) {
    if (seat.account() == account) return &seat;
  }
  return nullptr;
}

}  // namespace

Status Evaluator::step(std::stop_token stop) {
  TRY_STATUS(bond());
  TRY(auto due, seats_due());
  for (const auto& candidate : due) {
    if (stop.stop_requested()) return {};
    TRY_STATUS(serve(candidate, stop));
  }
  return {};
}

Status Evaluator::bond() {
  TRY(auto view, node_.compute().state_at());
  if (view.get(evaluation::kEvaluators.key({seat_.address()}))) return {};
  engine::TxMsg msg;
  msg.mutable_evaluation()->mutable_bond_evaluator()->set_sender(seat_.sender());
  TRY(auto outcome, seat_.send({msg}));
  static_cast<void>(outcome);
  return {};
}

Result<std::vector<pb::Candidate>> Evaluator::seats_due() const {
  TRY(auto view, node_.compute().state_at());
  std::vector<pb::Candidate> out;
  const Bytes prefix = evaluation::kCandidates.prefix();
  view.scan({prefix, {}}, [&](ByteView, ByteView value) {
    auto candidate = evaluation::kCandidates.decoded(value);
    const auto* seat = seat_of(candidate, seat_.sender());
    const bool measuring = candidate.status() == pb::CANDIDATE_STATUS_MEASURING;
    const bool revealing = candidate.status() == pb::CANDIDATE_STATUS_REVEALING;
    const bool due = seat != nullptr && ((measuring && seat->commitment().empty()) ||
                                         (revealing && !seat->revealed()));
    if (due) out.push_back(std::move(candidate));
    return true;
  });
  TRY_STATUS(view.health());
  return out;
}

/// A function of the key and the seat: a restart after the commitment opens the same.
Hash Evaluator::salt_of(const Candidate& candidate) const {
  Bytes purpose = to_bytes("cambium/evaluation-salt/v1");
  append_be64(purpose, candidate.id());
  append_be32(purpose, candidate.attempt());
  return crypto::sha256(key_->sign(purpose));
}

// Measuring is deterministic, so a report lost in a crash is simply made again.
Status Evaluator::serve(const Candidate& candidate, std::stop_token stop) {
  const auto key = std::pair(candidate.id(), candidate.attempt());
  if (!reports_.contains(key)) {
    TRY(reports_[key], report(candidate, stop));
    kAfterMeasure.pass();
  }
  const Report& found = reports_[key];
  const Hash salt = salt_of(candidate);
  if (candidate.status() == pb::CANDIDATE_STATUS_MEASURING) {
    engine::TxMsg msg;
    auto* commit = msg.mutable_evaluation()->mutable_commit_evaluation();
    commit->set_sender(seat_.sender());
    commit->set_candidate(candidate.id());
    commit->set_attempt(candidate.attempt());
    commit->set_commitment(to_string(evaluation::evaluation_commitment(
        {candidate.id(), candidate.attempt(), seat_.address(), salt}, found)));
    TRY(auto outcome, seat_.send({msg}));
    static_cast<void>(outcome);
    kAfterCommit.pass();
  }
  TRY(auto view, node_.compute().state_at());
  auto bytes = view.get(evaluation::kCandidates.key({candidate.id()}));
  if (!bytes || evaluation::kCandidates.decoded(*bytes).status() !=
                    pb::CANDIDATE_STATUS_REVEALING) {
    return {};  // other seats have not committed yet
  }
  engine::TxMsg msg;
  auto* reveal = msg.mutable_evaluation()->mutable_reveal_evaluation();
  reveal->set_sender(seat_.sender());
  reveal->set_candidate(candidate.id());
  reveal->set_attempt(candidate.attempt());
  *reveal->mutable_report() = found;
  reveal->set_salt(to_string(salt));
  TRY(auto outcome, seat_.send({msg}));
  static_cast<void>(outcome);
  const bool passed = found.gate().reason() == pb::REASON_NONE;
  node_.metrics().add({"cambium_evaluations_total", passed ? "measured" : "gate"});
  return {};
}

Result<pb::Report> Evaluator::report(const Candidate& candidate, std::stop_token stop) {
  Report out;
  out.set_head(candidate.head());
  TRY(auto view, node_.compute().state_at());
  TRY(auto head, read_head(view, candidate.model()));
  if (to_string(head.index_root) != candidate.head()) {
    return fail(ErrorCode::unavailable, "The head moved while a seat was due; measuring again.");
  }
  TRY(auto weights, load_weights(node_.store(), head));
  TRY_STATUS(gate(candidate, *weights, out));
  if (out.gate().reason() == pb::REASON_NONE) {
    TRY_STATUS(measure(candidate, *weights, out, stop));
  }
  return out;
}

Status Evaluator::gate(const Candidate& candidate, const model::ModelWeights& head,
                       Report& report) {
  auto offered = open_candidate(node_.store(), candidate);
  if (!offered) {
    report.mutable_gate()->set_reason(pb::REASON_PAYLOAD_MISSING);
    report.mutable_gate()->set_detail(offered.error().message.substr(0, 200));
    return {};
  }
  TRY(auto earlier, earlier_commits(node_, candidate));
  std::vector<learn::Tokens> probe;
  for (const auto& half : halves_) {
    if (half.slice == candidate.target_slice() && half.half == learn::Half::public_half) {
      probe = half.sequences;
    }
  }
  const Hash beacon = Hash::from(as_bytes(candidate.commitment())).value_or(Hash{});
  const auto views = offered->experts();
  TRY(auto verdict, learn::run_gate({head, views, earlier.commits(), probe, beacon}));
  *report.mutable_gate() = to_gate(verdict, earlier);
  return {};
}

Result<std::vector<learn::SequenceLosses>> Evaluator::losses_of(const model::ModelWeights& model,
                                                                std::uint64_t candidate,
                                                                std::stop_token stop) {
  learn::MeasureOptions options{threads_, [&](std::size_t done, std::size_t of) {
                                  on_measure_(candidate, done, of);
                                  model::CancelToken never;
                                  node_.host().scheduler().yield_to_inference(never);
                                  return !stop.stop_requested();
                                }};
  return learn::measure(model, halves_, options);
}

Status Evaluator::measure(const Candidate& candidate, const model::ModelWeights& head,
                          Report& report, std::stop_token stop) {
  const Hash root = Hash::from(as_bytes(candidate.head())).value_or(Hash{});
  if (root != incumbent_root_ || incumbent_.empty()) {
    TRY(incumbent_, losses_of(head, candidate.id(), stop));
    incumbent_root_ = root;
  }
  TRY(auto offered, open_candidate(node_.store(), candidate));
  TRY(auto together, learn::with_candidate(head, offered.experts()));
  TRY(auto losses, losses_of(*together, candidate.id(), stop));
  for (std::size_t i = 0; i < halves_.size(); ++i) {
    *report.add_slices() = to_report(learn::compare(halves_[i], incumbent_[i], losses[i]));
  }
  return {};
}

}  // namespace cambium::node
