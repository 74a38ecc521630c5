// CommitCandidate: a hash only, so that nobody can copy and run ahead.
#include "chain/message.hpp"
#include "chain/modules/evaluation/evaluation.hpp"
#include "chain/modules/evaluation/trust.hpp"
#include "chain/modules/models/light_work.hpp"
#include "chain/modules/models/models.hpp"

namespace cambium::chain {
namespace {

using namespace evaluation;

constexpr std::int64_t kDayMs = 86'400'000;
std::uint64_t today(const ReadContext& ctx) {
  return std::uint64_t(ctx.block().time.value / kDayMs);
}

TxStatus preflight(const pb::CommitCandidate& msg) {
  return is_hash(msg.commitment()) ? TxStatus::ok : TxStatus::bad_hash;
}

TxStatus check(const ReadContext& ctx, const pb::CommitCandidate& msg) {
  if (!models::kModels.has(ctx, {msg.model()})) return TxStatus::model_not_found;
  const Hash commitment = to_id(msg.commitment());
  if (kCommitments.has(ctx, {commitment})) return TxStatus::commitment_used;
  const auto bits = models::kModelParams.get_or_default(ctx, {}).work_bits();
  if (!models::work_done(commitment, msg.work_nonce(), bits)) return TxStatus::work_missing;
  const auto contributor = kContributors.get_or_default(ctx, {to_address(msg.sender())});
  const auto params = kEvaluationParams.get_or_default(ctx, {});
  return quota_left(contributor, params, today(ctx)) == 0 ? TxStatus::quota_spent : TxStatus::ok;
}

TxStatus apply(Context& ctx, const pb::CommitCandidate& msg) {
  const auto params = kEvaluationParams.get_or_default(ctx, {});
  const auto account = to_address(msg.sender());
  auto contributor = kContributors.get_or_default(ctx, {account});
  contributor.set_account(msg.sender());
  note_offer(contributor, today(ctx));
  kContributors.put(ctx, {account}, contributor);

  auto counter = kCounter.get_or_default(ctx, {});
  counter.set_last(counter.last() + 1);
  kCounter.put(ctx, {}, counter);
  pb::CandidateRef ref;
  ref.set_candidate(counter.last());
  kCommitments.put(ctx, {to_id(msg.commitment())}, ref);

  const std::uint64_t now = ctx.block().height.value;
  pb::Candidate candidate;
  candidate.set_id(counter.last());
  candidate.set_account(msg.sender());
  candidate.set_model(msg.model());
  candidate.set_commitment(msg.commitment());
  candidate.set_status(pb::CANDIDATE_STATUS_COMMITTED);
  candidate.set_committed_height(now);
  candidate.set_opens_height(now + params.commit_window_blocks());
  save(ctx, candidate, candidate.opens_height() + params.reveal_blocks());
  ctx.emit("evaluation.committed", {{"candidate", std::to_string(candidate.id())},
                                    {"model", msg.model()},
                                    {"account", account.text()},
                                    {"opens_height", std::to_string(candidate.opens_height())}});
  return TxStatus::ok;
}

}  // namespace

template <>
MessageHandler handler_of<evaluation::pb::CommitCandidate>() {
  return handler<evaluation::pb::CommitCandidate>({.base_gas = {5'000}, .free_per_hour = 20},
                                                  {preflight, check, apply});
}

}  // namespace cambium::chain
