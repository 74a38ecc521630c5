// PublishAnchor: the owner's frozen blocks, many in one transaction.
#include <algorithm>
#include <set>

#include "chain/message.hpp"
#include "chain/modules/models/expert_name.hpp"
#include "chain/modules/models/light_work.hpp"
#include "chain/modules/models/models.hpp"

namespace cambium::chain {
namespace {

using namespace models;

constexpr int kMaxBlocks = 4096;

bool is_anchor(const pb::BlockHeader& header, const pb::PublishAnchor& msg) {
  return (header.type() == pb::BLOCK_TYPE_EXPERT || header.type() == pb::BLOCK_TYPE_ROUTER) &&
         header.model() == msg.model() && header.account() == msg.sender() &&
         header.parent().empty() && header.base_head().empty();
}

std::vector<ParsedHeader> parsed_headers(const pb::PublishAnchor& msg) {
  std::vector<ParsedHeader> out;
  out.reserve(std::size_t(msg.headers_size()));
  for (const auto& bytes : msg.headers()) {
    auto parsed = parse_header(as_bytes(bytes));
    if (!parsed) return {};
    out.push_back(std::move(*parsed));
  }
  return out;
}

TxStatus preflight(const pb::PublishAnchor& msg) {
  if (msg.headers_size() == 0 || msg.headers_size() > kMaxBlocks) return TxStatus::field_too_long;
  const auto headers = parsed_headers(msg);
  const bool sound = !headers.empty() && std::ranges::all_of(headers, [&](const auto& parsed) {
    return is_anchor(parsed.header, msg);
  });
  return sound ? TxStatus::ok : TxStatus::bad_block_header;
}

/// One block against state and the blocks before it in the message.
TxStatus check_block(const ReadContext& ctx, const ParsedHeader& parsed, const pb::Model& model,
                     const pb::MetaRules& rules, const std::set<BlockId>& earlier) {
  const auto& header = parsed.header;
  if (header.meta() != model.meta()) return TxStatus::meta_not_current;
  if (kBlocks.has(ctx, {parsed.id})) return TxStatus::block_exists;
  if (kIndex.has(ctx, {model.id(), sort_key(header.name())})) return TxStatus::name_taken;
  const auto place = ExpertName::parse(header.name());
  if (header.layer() >= rules.architecture().layers() ||
      (place && place->expert >= rules.architecture().experts())) {
    return TxStatus::outside_architecture;
  }
  for (const auto& id : parsed.depends_on) {
    if (earlier.contains(id)) continue;
    const auto known = kBlocks.get(ctx, {id});
    if (!known || known->model() != model.id()) return TxStatus::dependency_unknown;
  }
  return TxStatus::ok;
}

TxStatus check(const ReadContext& ctx, const pb::PublishAnchor& msg) {
  const auto model = kModels.get(ctx, {msg.model()});
  if (!model) return TxStatus::model_not_found;
  if (model->owner() != msg.sender()) return TxStatus::not_model_owner;
  const auto params = kModelParams.get_or_default(ctx, {});
  if (std::uint32_t(msg.headers_size()) > params.max_blocks_per_tx()) {
    return TxStatus::field_too_long;
  }
  const auto headers = parsed_headers(msg);
  const auto& first = headers.front().header;
  if (!work_done(work_subject(first), first.nonce(), params.work_bits())) {
    return TxStatus::work_missing;
  }
  const auto rules = current_rules(ctx, *model);
  std::set<BlockId> earlier;
  std::set<std::string> names;
  for (const auto& parsed : headers) {
    TRY_TX(check_block(ctx, parsed, *model, rules, earlier));
    if (!names.insert(parsed.header.name()).second) return TxStatus::name_taken;
    earlier.insert(parsed.id);
  }
  return TxStatus::ok;
}

TxStatus apply(Context& ctx, const pb::PublishAnchor& msg) {
  auto model = kModels.get_or_default(ctx, {msg.model()});
  const auto headers = parsed_headers(msg);
  for (std::size_t i = 0; i < headers.size(); ++i) {
    place_block(ctx, {.model = model,
                      .header = headers[i],
                      .bytes = to_bytes(msg.headers(int(i))),
                      .lineage = {}});
  }
  refresh_head(ctx, model, 0);
  return TxStatus::ok;
}

}  // namespace

template <>
MessageHandler handler_of<models::pb::PublishAnchor>() {
  return handler<models::pb::PublishAnchor>({.base_gas = {10'000}}, {preflight, check, apply});
}

}  // namespace cambium::chain
