// Which candidates a model can take, and what happens to the one that is accepted.
#include "chain/modules/models/expert_name.hpp"
#include "chain/modules/models/models.hpp"

namespace cambium::chain::models {
namespace {

bool slot_is_leased_to(const ReadContext& ctx, const pb::BlockHeader& header) {
  const auto lease = kLeases.get(ctx, {header.model(), sort_key(header.name())});
  return lease && lease->account() == header.account() &&
         lease->expires_height() >= ctx.block().height.value;
}

TxStatus check_parent(const ReadContext& ctx, const pb::BlockHeader& header,
                      const pb::IndexEntry& current, const pb::MetaRules& rules) {
  const auto id = BlockId::from(as_bytes(header.parent()));
  const auto parent = id ? kBlocks.get(ctx, {*id}) : std::nullopt;
  if (!parent) return TxStatus::parent_not_current;
  const auto parsed = parse_header(as_bytes(parent->header()));
  if (!parsed || parsed->header.name() != header.name()) return TxStatus::parent_not_current;
  return current.version() - parent->version() > rules.router().max_parent_age_versions()
             ? TxStatus::parent_not_current
             : TxStatus::ok;
}

}  // namespace

TxStatus check_offer(const ReadContext& ctx, const ParsedHeader& parsed) {
  const auto& header = parsed.header;
  const auto model = kModels.get(ctx, {header.model()});
  if (!model) return TxStatus::model_not_found;
  if (header.meta() != model->meta()) return TxStatus::meta_not_current;
  if (kBlocks.has(ctx, {parsed.id})) return TxStatus::block_exists;

  const auto rules = current_rules(ctx, *model);
  const auto place = ExpertName::parse(header.name());
  if (!place || place->layer >= rules.architecture().layers() ||
      place->expert < rules.architecture().experts() ||
      place->expert >= rules.router().max_experts() ||
      header.payload_bytes() > rules.router().max_payload_bytes()) {
    return TxStatus::outside_architecture;
  }
  for (const auto& id : parsed.depends_on) {
    const auto dependency = kBlocks.get(ctx, {id});
    if (!dependency || dependency->model() != header.model()) return TxStatus::dependency_unknown;
  }
  const auto current = kIndex.get(ctx, {header.model(), sort_key(header.name())});
  if (current) return check_parent(ctx, header, *current, rules);
  return slot_is_leased_to(ctx, header) ? TxStatus::ok : TxStatus::slot_not_leased;
}

Hash accept(Context& ctx, const Acceptance& acceptance) {
  auto model = kModels.get_or_default(ctx, {acceptance.model});
  for (const auto& block : acceptance.blocks) {
    const auto parsed = parse_header(block.header);
    CHECK(parsed, "a candidate's header was checked when it was revealed");
    place_block(ctx, {model, *parsed, block.header, acceptance.candidate, acceptance.gain_nano,
                      block.lineage});
    kLeases.erase(ctx, {acceptance.model, sort_key(parsed->header.name())});
  }
  model.mutable_version()->set_patch(model.version().patch() + 1);
  refresh_head(ctx, model, acceptance.candidate);
  return to_id(model.index_root());
}

}  // namespace cambium::chain::models
