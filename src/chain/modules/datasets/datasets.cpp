#include "chain/modules/datasets/datasets.hpp"

#include <algorithm>

#include "base/amount.hpp"

namespace cambium::chain::datasets {
namespace {

/// The value is a canonical Dataset record, approved on the sending chain.
TxStatus receive(Context& ctx, const interchain::Arrival& arrival) {
  const auto params = kDatasetParams.get_or_default(ctx, {});
  if (params.source_client().empty() || arrival.client != params.source_client()) {
    return TxStatus::not_authorised;
  }
  auto record = schema::decode_as<pb::Dataset>(arrival.value);
  if (!record || record->status() != pb::STATUS_APPROVED || !is_address(record->contributor())) {
    return TxStatus::bad_dataset;
  }
  const auto name = full_name(record->id(), record->version());
  if (kDatasets.has(ctx, {name})) return TxStatus::dataset_exists;
  record->set_foreign(true);
  kDatasets.put(ctx, {name}, *record);
  ctx.emit("datasets.arrived", {{"dataset", name}, {"licence", record->licence()}});
  return TxStatus::ok;
}

}  // namespace

std::string full_name(const std::string& id, const std::string& version) {
  return id + "@" + version;
}

std::optional<pb::Dataset> approved(const ReadContext& ctx, const std::string& name) {
  auto record = kDatasets.get(ctx, {name});
  if (!record || record->status() != pb::STATUS_APPROVED) return std::nullopt;
  return record;
}

std::uint64_t score_nano(const pb::Scores& scores) {
  const auto part = [](std::uint64_t value, std::uint64_t tenths) {
    return std::min(value, kNano) / 10 * tenths;
  };
  const std::uint64_t clean = kNano - std::min(scores.toxicity_nano(), kNano);
  return std::min(kNano, part(scores.quality_nano(), 3) + part(scores.diversity_nano(), 3) +
                             part(scores.usefulness_nano(), 3) + part(clean, 1));
}

interchain::Port approval_port() { return {.name = "datasets", .receive = receive}; }

}  // namespace cambium::chain::datasets
