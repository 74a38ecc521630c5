// PublishMeta: opens a model, or extends its meta chain.
#include <algorithm>

#include "chain/message.hpp"
#include "chain/modules/models/expert_name.hpp"
#include "chain/modules/models/models.hpp"
#include "crypto/payload_tree.hpp"

namespace cambium::chain {
namespace {

using namespace models;

constexpr int kMaxSlices = 64;

bool sane(const pb::Architecture& a) {
  return a.layers() > 0 && a.layers() <= 1024 && a.d_model() > 0 && a.vocab() > 0 &&
         a.experts() <= 4096 && a.top_k() <= a.experts();
}

bool slices_are_sound(const pb::MetaRules& rules) {
  if (rules.slices_size() > kMaxSlices) return false;
  return std::ranges::all_of(rules.slices(), [last = std::string()](const auto& s) mutable {
    const bool ascending = s.name() > last;
    last = s.name();
    return ascending && well_named(s.name()) && is_hash(s.public_root()) &&
           is_hash(s.hidden_root());
  });
}

TxStatus preflight(const pb::PublishMeta& msg) {
  const auto parsed = parse_header(as_bytes(msg.header()));
  if (!parsed || parsed->header.type() != pb::BLOCK_TYPE_META ||
      parsed->header.account() != msg.sender() || parsed->depends_on.size() > 1) {
    return TxStatus::bad_block_header;
  }
  const auto rules = schema::decode_as<pb::MetaRules>(as_bytes(msg.rules()));
  if (!rules || rules->model() != parsed->header.model() || !sane(rules->architecture()) ||
      !slices_are_sound(*rules) || !is_hash(rules->tokenizer_root()) ||
      rules->router().max_experts() < rules->architecture().experts()) {
    return TxStatus::bad_model_rules;
  }
  const bool committed = parsed->header.payload_bytes() == msg.rules().size() &&
                         parsed->payload_root == crypto::payload_root(as_bytes(msg.rules()));
  return committed ? TxStatus::ok : TxStatus::bad_model_rules;
}

bool newer(const pb::Version& a, const pb::Version& b) {
  const auto tuple = [](const pb::Version& v) {
    return std::tuple(v.major(), v.minor(), v.patch(), v.generation());
  };
  return tuple(a) > tuple(b);
}

TxStatus check_open(const ReadContext& ctx, const pb::PublishMeta& msg, const ParsedHeader& parsed,
                    const pb::MetaRules& rules) {
  const auto params = kModelParams.get_or_default(ctx, {});
  if (std::ranges::find(params.authorities(), msg.sender()) == params.authorities().end()) {
    return TxStatus::not_authorised;
  }
  if (!rules.forked_from().empty() && !kModels.has(ctx, {rules.forked_from()})) {
    return TxStatus::model_not_found;
  }
  return parsed.depends_on.empty() ? TxStatus::ok : TxStatus::dependency_unknown;
}

TxStatus check_extend(const ReadContext& ctx, const pb::PublishMeta& msg,
                      const ParsedHeader& parsed, const pb::Model& model) {
  if (model.owner() != msg.sender()) return TxStatus::not_model_owner;
  if (parsed.depends_on.size() != 1 || to_field(parsed.depends_on[0]) != model.meta()) {
    return TxStatus::meta_not_current;
  }
  const auto rules = schema::decode_as<pb::MetaRules>(as_bytes(msg.rules()));
  const auto now = current_rules(ctx, model);
  const bool compatible =
      schema::encode(now.architecture()) == schema::encode(rules->architecture()) &&
      now.tokenizer_root() == rules->tokenizer_root() &&
      rules->router().max_experts() >= now.router().max_experts() &&
      newer(rules->version(), model.version());
  return compatible ? TxStatus::ok : TxStatus::meta_incompatible;
}

TxStatus check(const ReadContext& ctx, const pb::PublishMeta& msg) {
  const auto parsed = parse_header(as_bytes(msg.header()));
  const auto rules = schema::decode_as<pb::MetaRules>(as_bytes(msg.rules()));
  if (kBlocks.has(ctx, {parsed->id})) return TxStatus::block_exists;
  const auto model = kModels.get(ctx, {rules->model()});
  return model ? check_extend(ctx, msg, *parsed, *model) : check_open(ctx, msg, *parsed, *rules);
}

TxStatus apply(Context& ctx, const pb::PublishMeta& msg) {
  const auto parsed = parse_header(as_bytes(msg.header()));
  const auto rules = schema::decode_as<pb::MetaRules>(as_bytes(msg.rules()));
  auto model = kModels.get_or_default(ctx, {rules->model()});
  const bool opened = model.id().empty();
  if (opened) {
    model.set_id(rules->model());
    model.set_owner(msg.sender());
    model.set_opened_height(ctx.block().height.value);
  }
  model.set_meta(to_field(parsed->id));
  *model.mutable_version() = rules->version();

  pb::Block block;
  block.set_id(model.meta());
  block.set_header(msg.header());
  block.set_position(model.meta_blocks());
  block.set_height(ctx.block().height.value);
  block.set_version(model.meta_blocks() + 1);
  block.set_status(pb::BLOCK_STATUS_ACCEPTED);
  block.set_model(model.id());
  model.set_meta_blocks(model.meta_blocks() + 1);

  kBlocks.put(ctx, {parsed->id}, block);
  kRules.put(ctx, {parsed->id}, *rules);
  ctx.emit(opened ? "models.opened" : "models.meta_extended",
           {{"model", model.id()}, {"meta", parsed->id.hex()}});
  if (opened) {
    refresh_head(ctx, model, 0);
  } else {
    kModels.put(ctx, {model.id()}, model);
  }
  return TxStatus::ok;
}

}  // namespace

template <>
MessageHandler handler_of<models::pb::PublishMeta>() {
  return handler<models::pb::PublishMeta>({.base_gas = {20'000}}, {preflight, check, apply});
}

}  // namespace cambium::chain
