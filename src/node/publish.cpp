#include "node/publish.hpp"

#include <algorithm>

#include "base/crash_point.hpp"
#include "chain/modules/models/light_work.hpp"
#include "chain/modules/models/models.hpp"
#include "crypto/payload_tree.hpp"
#include "model/architecture_codec.hpp"
#include "schema/canonical.hpp"

namespace cambium::node {
namespace {

namespace models = chain::models;

const CrashPoint kAfterMeta("node.publish.after_meta");
const CrashPoint kAfterAnchor("node.publish.after_anchor");

constexpr std::uint32_t kMaxExpertsPerLayer = 64;
constexpr std::uint64_t kMaxExpertBytes = 16u << 20;
constexpr std::uint32_t kMaxParentAge = 3;

std::string text(ByteView bytes) { return to_string(bytes); }

models::pb::MetaRules rules_of(const Publication& p) {
  models::pb::MetaRules out;
  out.set_model(p.model);
  out.set_title(p.title);
  out.mutable_version()->set_major(1);
  *out.mutable_architecture() = model::to_message(p.architecture);
  out.mutable_router()->set_min_experts(2);
  out.mutable_router()->set_max_experts(kMaxExpertsPerLayer);
  out.mutable_router()->set_max_payload_bytes(kMaxExpertBytes);
  out.mutable_router()->set_max_parent_age_versions(kMaxParentAge);
  out.set_tokenizer_root(text(p.tokenizer_root));
  for (const auto& slice : p.slices) *out.add_slices() = slice;
  out.mutable_evolution()->set_minor_threshold_nano(20'000'000);
  out.mutable_evolution()->set_season_threshold_nano(150'000'000);
  return out;
}

models::pb::BlockHeader header(const Publication& p, const crypto::SigningKey& key) {
  models::pb::BlockHeader out;
  out.set_model(p.model);
  out.set_account(text(crypto::address_of(key.public_key())));
  out.set_key_type(static_cast<std::uint32_t>(key.public_key().type));
  out.set_key(text(key.public_key().bytes));
  return out;
}

Status publish_meta(Node& node, const Publication& p, engine::AccountSender& owner,
                    const crypto::SigningKey& key) {
  const Bytes rules = schema::encode(rules_of(p));
  TRY(auto root, node.store().put(rules));
  auto meta = header(p, key);
  meta.set_chain("A");
  meta.set_type(models::pb::BLOCK_TYPE_META);
  meta.set_name("meta");
  meta.set_payload_type(models::pb::PAYLOAD_TYPE_RULES);
  meta.set_payload_root(text(root));
  meta.set_payload_bytes(rules.size());
  engine::TxMsg msg;
  auto* publish = msg.mutable_models()->mutable_publish_meta();
  publish->set_sender(owner.sender());
  publish->set_header(text(schema::encode(meta)));
  publish->set_rules(text(rules));
  TRY(auto outcome, owner.send({msg}));
  static_cast<void>(outcome);
  kAfterMeta.pass();
  return {};
}

std::uint32_t layer_of(const std::string& name) {
  return name.starts_with("layer")
             ? static_cast<std::uint32_t>(std::strtoul(name.c_str() + 5, nullptr, 10))
             : 0;
}

/// Shared blocks first, so that experts can depend on their layer's router.
std::vector<std::string> dependency_order(const std::map<std::string, Hash>& blocks) {
  std::vector<std::string> out;
  for (const auto& [name, root] : blocks) out.push_back(name);
  std::stable_partition(out.begin(), out.end(), [](const std::string& name) {
    return name.find(".expert") == std::string::npos;
  });
  return out;
}

Result<std::vector<models::pb::BlockHeader>> anchor_headers(Node& node, const Publication& p,
                                                            const crypto::SigningKey& key,
                                                            const std::string& meta) {
  std::vector<models::pb::BlockHeader> out;
  std::map<std::string, std::string> ids;  // of blocks made so far
  for (const auto& name : dependency_order(p.blocks)) {
    const bool expert = name.find(".expert") != std::string::npos;
    TRY(auto payload, node.store().open(p.blocks.at(name)));
    auto block = header(p, key);
    block.set_chain("B");
    block.set_type(expert ? models::pb::BLOCK_TYPE_EXPERT : models::pb::BLOCK_TYPE_ROUTER);
    block.set_name(name);
    block.set_layer(layer_of(name));
    block.set_payload_type(models::pb::PAYLOAD_TYPE_TENSORBLOCK);
    block.set_payload_root(text(p.blocks.at(name)));
    block.set_payload_bytes(payload->content().size());
    block.set_meta(meta);
    const std::string router = "layer" + std::to_string(layer_of(name)) + ".router";
    if (expert && ids.contains(router)) block.add_depends_on(ids.at(router));
    ids[name] = text(models::block_id(schema::encode(block)));
    out.push_back(std::move(block));
  }
  return out;
}

/// The first header carries the work, and it must come before ids that depend on it: `embed`, which
/// nothing depends on, sorts first.
Status publish_anchor(Node& node, const Publication& p, engine::AccountSender& owner,
                      const crypto::SigningKey& key, const models::pb::Model& model) {
  TRY(auto view, node.compute().state_at());
  auto params = view.get(models::kModelParams.key({}));
  const auto bits = params ? models::kModelParams.decoded(*params).work_bits() : 0;
  TRY(auto headers, anchor_headers(node, p, key, model.meta()));
  auto nonce = models::find_work(models::work_subject(headers.front()), bits, {});
  if (!nonce) return fail(ErrorCode::unavailable, "No proof-of-work was found; try again.");
  headers.front().set_nonce(*nonce);
  engine::TxMsg msg;
  auto* publish = msg.mutable_models()->mutable_publish_anchor();
  publish->set_sender(owner.sender());
  publish->set_model(p.model);
  for (const auto& block : headers) publish->add_headers(text(schema::encode(block)));
  TRY(auto outcome, owner.send({msg}));
  static_cast<void>(outcome);
  kAfterAnchor.pass();
  return {};
}

Result<std::optional<models::pb::Model>> find_model(Node& node, const std::string& id) {
  TRY(auto view, node.compute().state_at());
  auto bytes = view.get(models::kModels.key({id}));
  if (!bytes) return std::optional<models::pb::Model>();
  return std::optional(models::kModels.decoded(*bytes));
}

}  // namespace

Status publish_model(Node& node, const Publication& publication) {
  TRY(auto key, node.keys().find(std::string(kOperatorKey)));
  TRY(auto owner, node.sender(kOperatorKey, node.compute()));
  TRY(auto model, find_model(node, publication.model));
  if (!model) {
    TRY_STATUS(publish_meta(node, publication, *owner, *key));
    TRY(model, find_model(node, publication.model));
  }
  if (model && model->blocks() == 0) {
    TRY_STATUS(publish_anchor(node, publication, *owner, *key, *model));
  }
  return {};
}

}  // namespace cambium::node
