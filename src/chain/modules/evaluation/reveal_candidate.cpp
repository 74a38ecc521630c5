// RevealCandidate: opens a commitment and asks for a committee.
#include <algorithm>

#include "chain/message.hpp"
#include "chain/modules/beacon/beacon.hpp"
#include "chain/modules/datasets/datasets.hpp"
#include "chain/modules/evaluation/commitment.hpp"
#include "chain/modules/evaluation/evaluation.hpp"
#include "chain/modules/models/models.hpp"

namespace cambium::chain {
namespace {

using namespace evaluation;

constexpr int kMaxBundle = 64;
constexpr std::size_t kMaxLineageBytes = 64 * 1024;

std::vector<models::ParsedHeader> parsed_headers(const pb::RevealCandidate& msg) {
  std::vector<models::ParsedHeader> out;
  for (const auto& bytes : msg.headers()) {
    auto parsed = models::parse_header(as_bytes(bytes));
    if (!parsed) return {};
    out.push_back(std::move(*parsed));
  }
  return out;
}

TxStatus preflight(const pb::RevealCandidate& msg) {
  if (msg.headers_size() == 0 || msg.headers_size() > kMaxBundle ||
      msg.lineage_size() != msg.headers_size() || !is_hash(msg.salt()) ||
      msg.declared_gain_nano() > INT64_MAX || msg.datasets_size() > 64) {
    return TxStatus::field_out_of_range;
  }
  const bool small = std::ranges::all_of(
      msg.lineage(), [](const auto& bytes) { return bytes.size() <= kMaxLineageBytes; });
  if (!small) return TxStatus::field_too_long;
  const auto headers = parsed_headers(msg);
  if (headers.empty()) return TxStatus::bad_block_header;
  std::int64_t last_layer = -1;
  for (const auto& parsed : headers) {
    const auto& header = parsed.header;
    const bool fits = header.type() == models::pb::BLOCK_TYPE_EXPERT &&
                      header.account() == msg.sender() &&
                      header.model() == headers.front().header.model() &&
                      std::int64_t(header.layer()) > last_layer;
    if (!fits) return TxStatus::bad_bundle;
    last_layer = header.layer();
  }
  return TxStatus::ok;
}

bool opens(const ReadContext& ctx, const pb::Candidate& candidate,
           const pb::RevealCandidate& msg) {
  std::vector<Hash> roots;
  for (const auto& parsed : parsed_headers(msg)) roots.push_back(parsed.payload_root);
  const auto commitment = candidate_commitment(
      {ctx.block().chain_id, to_address(msg.sender()), bundle_root(roots),
       msg.declared_gain_nano(), to_id(msg.salt())});
  return to_field(commitment) == candidate.commitment();
}

TxStatus check_step(const ReadContext& ctx, const pb::Candidate& candidate,
                    const pb::RevealCandidate& msg) {
  if (candidate.account() != msg.sender()) return TxStatus::not_the_candidates_account;
  if (candidate.status() != pb::CANDIDATE_STATUS_COMMITTED) return TxStatus::wrong_step;
  return ctx.block().height.value < candidate.opens_height() ? TxStatus::window_not_closed
                                                              : TxStatus::ok;
}

TxStatus check(const ReadContext& ctx, const pb::RevealCandidate& msg) {
  const auto found = candidate(ctx, msg.candidate());
  if (!found) return TxStatus::candidate_not_found;
  TRY_TX(check_step(ctx, *found, msg));
  if (!opens(ctx, *found, msg)) return TxStatus::opening_mismatch;
  for (const auto& parsed : parsed_headers(msg)) {
    if (parsed.header.model() != found->model()) return TxStatus::bad_bundle;
    TRY_TX(models::check_offer(ctx, parsed));
  }
  const auto model = models::kModels.get_or_default(ctx, {found->model()});
  const auto rules = models::current_rules(ctx, model);
  const bool known = std::ranges::any_of(
      rules.slices(), [&](const auto& slice) { return slice.name() == msg.target_slice(); });
  if (!known) return TxStatus::unknown_slice;
  for (const auto& used : msg.datasets()) {
    if (!datasets::approved(ctx, used.dataset())) return TxStatus::dataset_not_approved;
  }
  return TxStatus::ok;
}

TxStatus apply(Context& ctx, const pb::RevealCandidate& msg) {
  auto candidate = kCandidates.get_or_default(ctx, {msg.candidate()});
  *candidate.mutable_headers() = msg.headers();
  *candidate.mutable_lineage() = msg.lineage();
  *candidate.mutable_datasets() = msg.datasets();
  candidate.set_target_slice(msg.target_slice());
  candidate.set_declared_gain_nano(msg.declared_gain_nano());
  candidate.set_revealed_height(ctx.block().height.value);
  candidate.set_status(pb::CANDIDATE_STATUS_DRAWING);
  // A round that nobody knows yet draws the committee: the next block's at the earliest.
  beacon::ask(ctx);
  save(ctx, candidate, ctx.block().height.value + 1);
  ctx.emit("evaluation.revealed",
           {{"candidate", std::to_string(candidate.id())}, {"model", candidate.model()}});
  return TxStatus::ok;
}

}  // namespace

template <>
MessageHandler handler_of<evaluation::pb::RevealCandidate>() {
  return handler<evaluation::pb::RevealCandidate>({.base_gas = {10'000}, .free_per_hour = 20},
                                                  {preflight, check, apply});
}

}  // namespace cambium::chain
