// Questions about models; each list stops at a page.
#include "chain/modules/models/queries.hpp"

#include <algorithm>

#include "chain/modules/models/expert_name.hpp"
#include "chain/modules/models/models.hpp"

namespace cambium::chain::models {
namespace {

constexpr int kPage = 200;
int page(std::uint32_t limit) {
  return limit == 0 ? kPage : int(std::min<std::uint32_t>(limit, kPage));
}

template <class T>
Result<T> found(std::optional<T> value, std::string_view what) {
  if (!value) {
    return fail(ErrorCode::not_found, "there is no such " + std::string(what) + "; check its name");
  }
  return std::move(*value);
}

Result<pb::Params> params(const ReadContext& ctx, const pb::ParamsRequest&) {
  return kModelParams.get_or_default(ctx, {});
}

Result<pb::Model> model(const ReadContext& ctx, const pb::ModelRequest& request) {
  return found(kModels.get(ctx, {request.model()}), "model");
}

Result<pb::ModelList> all_models(const ReadContext& ctx, const pb::ModelsRequest& request) {
  pb::ModelList list;
  const Bytes below = kModels.prefix();
  const Bytes after = request.after().empty() ? Bytes{} : kModels.key({request.after()});
  kModels.scan(ctx, state::Range{below, after}, [&](const auto&, const pb::Model& item) {
    *list.add_items() = item;
    return list.items_size() < page(request.limit()) ? ScanStep::next : ScanStep::stop;
  });
  return list;
}

Result<pb::MetaRules> rules(const ReadContext& ctx, const pb::RulesRequest& request) {
  TRY(auto at, found(kModels.get(ctx, {request.model()}), "model"));
  return current_rules(ctx, at);
}

Result<pb::Block> block(const ReadContext& ctx, const pb::BlockRequest& request) {
  const auto id = BlockId::from(as_bytes(request.id()));
  if (!id) return fail(ErrorCode::invalid_input, "a block id is 32 bytes");
  return found(kBlocks.get(ctx, {*id}), "block");
}

Bytes block_key(const pb::BlockRequest& request) {
  const auto id = BlockId::from(as_bytes(request.id()));
  return id ? kBlocks.key({*id}) : Bytes{};
}

Result<pb::BlockList> blocks(const ReadContext& ctx, const pb::BlocksRequest& request) {
  pb::BlockList list;
  const Bytes below = kOrder.prefix(request.model());
  const Bytes after =
      request.from() == 0 ? Bytes{} : kOrder.key({request.model(), request.from() - 1});
  kOrder.scan(ctx, state::Range{below, after}, [&](const auto&, const pb::IndexEntry& entry) {
    *list.add_items() = kBlocks.get_or_default(ctx, {to_id<BlockId>(entry.block())});
    return list.items_size() < page(request.limit()) ? ScanStep::next : ScanStep::stop;
  });
  return list;
}

Result<pb::IndexList> index(const ReadContext& ctx, const pb::IndexRequest& request) {
  pb::IndexList list;
  for (auto& entry : index_entries(ctx, request.model())) *list.add_items() = std::move(entry);
  return list;
}

Result<pb::IndexList> versions(const ReadContext& ctx, const pb::VersionsRequest& request) {
  pb::IndexList list;
  kVersions.scan(ctx, kVersions.prefix(request.model(), sort_key(request.name())),
                 [&](const auto&, const pb::IndexEntry& entry) {
                   *list.add_items() = entry;
                   return ScanStep::next;
                 });
  return list;
}

Result<pb::LeaseList> leases(const ReadContext& ctx, const pb::LeasesRequest& request) {
  pb::LeaseList list;
  kLeases.scan(ctx, kLeases.prefix(request.model()), [&](const auto&, const pb::SlotLease& lease) {
    *list.add_items() = lease;
    return ScanStep::next;
  });
  return list;
}

}  // namespace

std::vector<Query> queries() {
  return {
      query<pb::ParamsRequest, pb::Params>(
          "params", params, +[](const pb::ParamsRequest&) { return kModelParams.key({}); }),
      query<pb::ModelRequest, pb::Model>(
          "model", model,
          +[](const pb::ModelRequest& request) { return kModels.key({request.model()}); }),
      query<pb::ModelsRequest, pb::ModelList>("models", all_models),
      query<pb::RulesRequest, pb::MetaRules>("rules", rules),
      query<pb::BlockRequest, pb::Block>("block", block, block_key),
      query<pb::BlocksRequest, pb::BlockList>("blocks", blocks),
      query<pb::IndexRequest, pb::IndexList>("index", index),
      query<pb::VersionsRequest, pb::IndexList>("versions", versions),
      query<pb::LeasesRequest, pb::LeaseList>("leases", leases),
  };
}

}  // namespace cambium::chain::models
