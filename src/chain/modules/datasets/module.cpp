#include "chain/module.hpp"

#include <algorithm>

#include "chain/message.hpp"
#include "chain/modules/datasets/datasets.hpp"
#include "chain/modules/modules.hpp"

namespace cambium::chain::datasets {
namespace {

constexpr int kPage = 200;

std::optional<std::string> why_not(const pb::Params&, const pb::Params& p) {
  if (p.max_sample_hashes() == 0 || p.max_sample_hashes() > 4'096) {
    return "max_sample_hashes must be 1 to 4096";
  }
  if (!std::ranges::all_of(p.authorities(), is_address)) {
    return "an authority is not a 20-byte account";
  }
  return std::nullopt;
}

Status init(Context& ctx, const pb::Genesis& genesis) {
  auto params = genesis.params();
  if (params.max_sample_hashes() == 0) params.set_max_sample_hashes(64);
  if (auto why = why_not({}, params)) return fail(ErrorCode::invalid_input, "datasets: " + *why);
  kDatasetParams.put(ctx, {}, params);
  return {};
}

Result<pb::Dataset> one(const ReadContext& ctx, const pb::DatasetRequest& request) {
  const auto found = kDatasets.get(ctx, {full_name(request.id(), request.version())});
  if (!found) return fail(ErrorCode::not_found, "there is no such dataset; ask for the list");
  return *found;
}

Result<pb::DatasetList> all(const ReadContext& ctx, const pb::DatasetsRequest& request) {
  pb::DatasetList list;
  const std::uint32_t wanted = request.limit() == 0 ? kPage : request.limit();
  const int most = int(std::min<std::uint32_t>(wanted, kPage));
  const Bytes below = kDatasets.prefix();
  const Bytes after = request.after().empty() ? Bytes{} : kDatasets.key({request.after()});
  kDatasets.scan(ctx, state::Range{below, after}, [&](const auto&, const pb::Dataset& item) {
    *list.add_items() = item;
    return list.items_size() < most ? ScanStep::next : ScanStep::stop;
  });
  return list;
}

Result<pb::Params> params(const ReadContext& ctx, const pb::ParamsRequest&) {
  return kDatasetParams.get_or_default(ctx, {});
}

}  // namespace

Module module() {
  return {
      .name = "datasets",
      .prefix = kDatasetsPrefix,
      .messages =
          {
              handler_of<pb::Register>(),
              handler_of<pb::Approve>(),
              handler_of<pb::Reject>(),
          },
      .tables = {kDatasetParams.info("params"), kDatasets.info("dataset")},
      .queries =
          {
              query<pb::DatasetRequest, pb::Dataset>(
                  "dataset", one, +[](const pb::DatasetRequest& request) {
                    return kDatasets.key({full_name(request.id(), request.version())});
                  }),
              query<pb::DatasetsRequest, pb::DatasetList>("datasets", all),
              query<pb::ParamsRequest, pb::Params>("params", params),
          },
      .genesis = genesis<pb::Genesis>(init),
      .params = governed<pb::Params>(kDatasetParams, why_not),
  };
}

}  // namespace cambium::chain::datasets
