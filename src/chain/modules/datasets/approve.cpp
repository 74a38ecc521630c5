// Approve: an authority makes a dataset trainable, here and on the chains that listen.
#include <algorithm>

#include "base/amount.hpp"
#include "chain/message.hpp"
#include "chain/modules/datasets/datasets.hpp"
#include "chain/modules/interchain/interchain.hpp"

namespace cambium::chain {
namespace {

using namespace datasets;

TxStatus preflight(const pb::Approve& msg) {
  const auto& s = msg.scores();
  const bool sound = pb::Tier_IsValid(msg.tier()) && msg.tier() != pb::TIER_UNSPECIFIED &&
                     s.quality_nano() <= kNano && s.diversity_nano() <= kNano &&
                     s.usefulness_nano() <= kNano && s.toxicity_nano() <= kNano;
  return sound ? TxStatus::ok : TxStatus::field_out_of_range;
}

TxStatus check(const ReadContext& ctx, const pb::Approve& msg) {
  const auto params = kDatasetParams.get_or_default(ctx, {});
  if (std::ranges::find(params.authorities(), msg.sender()) == params.authorities().end()) {
    return TxStatus::not_authorised;
  }
  const auto record = kDatasets.get(ctx, {full_name(msg.id(), msg.version())});
  if (!record) return TxStatus::dataset_not_found;
  return record->status() == pb::STATUS_REGISTERED ? TxStatus::ok : TxStatus::dataset_decided;
}

TxStatus apply(Context& ctx, const pb::Approve& msg) {
  const auto name = full_name(msg.id(), msg.version());
  auto record = kDatasets.get_or_default(ctx, {name});
  record.set_status(pb::STATUS_APPROVED);
  record.set_tier(msg.tier());
  *record.mutable_scores() = msg.scores();
  record.set_decided_height(ctx.block().height.value);
  kDatasets.put(ctx, {name}, record);
  const auto params = kDatasetParams.get_or_default(ctx, {});
  for (const auto& client : params.clients()) {
    TRY_TX(interchain::send(ctx, {client, "datasets", "", schema::encode(record)}));
  }
  ctx.emit("datasets.approved", {{"dataset", name}, {"tier", pb::Tier_Name(msg.tier())}});
  return TxStatus::ok;
}

}  // namespace

template <>
MessageHandler handler_of<datasets::pb::Approve>() {
  return handler<datasets::pb::Approve>({.base_gas = {5'000}}, {preflight, check, apply});
}

}  // namespace cambium::chain
