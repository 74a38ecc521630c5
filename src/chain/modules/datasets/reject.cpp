// Reject: an authority refuses a dataset and says why.
#include <algorithm>

#include "chain/message.hpp"
#include "chain/modules/datasets/datasets.hpp"

namespace cambium::chain {
namespace {

using namespace datasets;

TxStatus preflight(const pb::Reject& msg) {
  return msg.reason().empty() || msg.reason().size() > 500 ? TxStatus::field_too_long
                                                           : TxStatus::ok;
}

TxStatus check(const ReadContext& ctx, const pb::Reject& msg) {
  const auto params = kDatasetParams.get_or_default(ctx, {});
  if (std::ranges::find(params.authorities(), msg.sender()) == params.authorities().end()) {
    return TxStatus::not_authorised;
  }
  const auto record = kDatasets.get(ctx, {full_name(msg.id(), msg.version())});
  if (!record) return TxStatus::dataset_not_found;
  return record->status() == pb::STATUS_REGISTERED ? TxStatus::ok : TxStatus::dataset_decided;
}

TxStatus apply(Context& ctx, const pb::Reject& msg) {
  const auto name = full_name(msg.id(), msg.version());
  auto record = kDatasets.get_or_default(ctx, {name});
  record.set_status(pb::STATUS_REJECTED);
  record.set_reject_reason(msg.reason());
  record.set_decided_height(ctx.block().height.value);
  kDatasets.put(ctx, {name}, record);
  ctx.emit("datasets.rejected", {{"dataset", name}, {"reason", msg.reason()}});
  return TxStatus::ok;
}

}  // namespace

template <>
MessageHandler handler_of<datasets::pb::Reject>() {
  return handler<datasets::pb::Reject>({.base_gas = {2'000}}, {preflight, check, apply});
}

}  // namespace cambium::chain
