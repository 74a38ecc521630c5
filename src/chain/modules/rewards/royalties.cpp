#include "chain/modules/rewards/royalties.hpp"

#include "chain/modules/datasets/datasets.hpp"
#include "chain/modules/evaluation/evaluation.hpp"
#include "chain/modules/models/expert_name.hpp"
#include "chain/modules/models/models.hpp"

namespace cambium::chain::rewards {
namespace {

constexpr std::size_t kMaxAncestors = 8;  // older versions have been paid for long enough

void add_contributor(const ReadContext& ctx, ExpertRights& rights, const std::string& dataset,
                     u128 weight) {
  if (const auto record = datasets::approved(ctx, dataset)) {
    rights.contributors.push_back({to_address(record->contributor()), weight});
  }
}

ExpertRights anchor_rights(const ReadContext& ctx, const models::pb::Model& model) {
  ExpertRights rights;
  rights.gain_nano = kRewardParams.get_or_default(ctx, {}).anchor_gain_nano();
  rights.trainers.push_back({to_address(model.owner()), 1});
  const auto meta = models::current_rules(ctx, model);
  for (const auto& used : meta.anchor_datasets()) {
    add_contributor(ctx, rights, used.dataset(), used.samples());
  }
  return rights;
}

/// Data counts by its samples within a version, and versions by their gain.
void add_version(const ReadContext& ctx, ExpertRights& rights, const models::pb::Block& block) {
  const auto candidate = evaluation::candidate(ctx, block.candidate());
  if (!candidate) return;
  const u128 gain = block.gain_nano() > 0 ? u128(block.gain_nano()) : 0;
  rights.gain_nano += gain;
  rights.trainers.push_back({to_address(candidate->account()), gain});
  u128 samples = 0;
  for (const auto& used : candidate->datasets()) samples += used.samples();
  for (const auto& used : candidate->datasets()) {
    if (samples > 0) add_contributor(ctx, rights, used.dataset(), gain * used.samples() / samples);
  }
}

}  // namespace

Split split(u128 total, const std::vector<Share>& shares) {
  Split out;
  out.rest = total;
  u128 weights = 0;
  for (const auto& share : shares) weights += share.weight;
  for (const auto& share : shares) {
    // Weights are shifted so that the product stays within 128 bits.
    u128 weight = share.weight;
    u128 whole = weights;
    while (whole > UINT64_MAX) {
      whole >>= 1;
      weight >>= 1;
    }
    const u128 part = whole == 0 ? 0 : total * weight / whole;
    out.parts.push_back(part);
    out.rest -= part;
  }
  return out;
}

Rights::Rights(const ReadContext& ctx, std::string model) : ctx_(ctx), model_(std::move(model)) {}

const ExpertRights* Rights::of(const std::string& expert) {
  auto at = known_.find(expert);
  if (at == known_.end()) at = known_.emplace(expert, find(expert)).first;
  return at->second ? &*at->second : nullptr;
}

std::optional<ExpertRights> Rights::find(const std::string& expert) const {
  const auto model = models::kModels.get(ctx_, {model_});
  const auto key = models::sort_key(expert);
  const auto entry = models::kIndex.get(ctx_, {model_, key});
  if (!model || !entry) return std::nullopt;
  const auto current = models::kBlocks.get_or_default(ctx_, {to_id<BlockId>(entry->block())});
  if (current.candidate() == 0) return anchor_rights(ctx_, *model);
  ExpertRights rights;
  const std::uint32_t newest = entry->version();
  for (std::uint32_t v = newest; v > 0 && newest - v < kMaxAncestors; --v) {
    const auto version = models::kVersions.get(ctx_, {model_, key, v});
    if (!version) break;
    add_version(ctx_, rights,
                models::kBlocks.get_or_default(ctx_, {to_id<BlockId>(version->block())}));
  }
  return rights;
}

}  // namespace cambium::chain::rewards
