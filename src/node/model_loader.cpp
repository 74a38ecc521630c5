#include "node/model_loader.hpp"

#include <fmt/format.h>

#include "chain/modules/models/models.hpp"
#include "model/architecture_codec.hpp"
#include "schema/canonical.hpp"

namespace cambium::node {
namespace {

namespace models = chain::models;
namespace pb = cambium::models::v1;

Status add_block(const state::View& view, const pb::IndexEntry& entry, ModelHead& head) {
  auto id = BlockId::from(as_bytes(entry.block()));
  auto bytes = id ? view.get(models::kBlocks.key({*id})) : std::nullopt;
  if (!bytes) {
    return fail(ErrorCode::corrupt, fmt::format("The index of {} names a missing block {}; the "
                                                "state must be made again.", head.model.id(),
                                                entry.name()));
  }
  const auto block = models::kBlocks.decoded(*bytes);
  TRY(auto parsed, models::parse_header(as_bytes(block.header())));
  head.payloads[entry.name()] = parsed.payload_root;
  head.blocks[entry.name()] = *id;
  auto name = model::parse_expert_name(entry.name());
  if (name && name->expert >= head.rules.architecture().experts()) {
    head.contributed.push_back(*name);
  }
  return {};
}

}  // namespace

Result<ModelHead> read_head(const state::View& compute, const std::string& model) {
  ModelHead head;
  auto record = compute.get(models::kModels.key({model}));
  if (!record) {
    return fail(ErrorCode::not_found, fmt::format("The compute chain has no model `{}` yet.",
                                                  model));
  }
  head.model = models::kModels.decoded(*record);
  head.index_root = Hash::from(as_bytes(head.model.index_root())).value_or(Hash{});
  auto meta = BlockId::from(as_bytes(head.model.meta()));
  auto rules = meta ? compute.get(models::kRules.key({*meta})) : std::nullopt;
  if (!rules) return fail(ErrorCode::corrupt, "The model's meta block has no rules.");
  head.rules = models::kRules.decoded(*rules);
  Status status;
  const Bytes prefix = models::kIndex.prefix(model);
  compute.scan({prefix, {}}, [&](ByteView, ByteView value) {
    status = add_block(compute, models::kIndex.decoded(value), head);
    return status.has_value();
  });
  TRY_STATUS(status);
  if (head.payloads.empty()) {
    return fail(ErrorCode::not_found, fmt::format("Model `{}` has no published blocks yet.",
                                                  model));
  }
  return head;
}

Result<model::SharedPayload> open_payload(const store::BlockStore& store, const Hash& root) {
  TRY(auto bundle,
      tensor::MappedBundle::open(store.path(root), root, tensor::Verify::lazy));
  return model::PayloadBundle::mapped(std::move(bundle));
}

Result<model::SharedWeights> load_weights(const store::BlockStore& store, const ModelHead& head) {
  TRY(auto architecture, model::architecture_from(head.rules.architecture()));
  auto resolve = [&](std::string_view name) -> Result<model::SharedPayload> {
    auto found = head.payloads.find(std::string(name));
    if (found == head.payloads.end()) {
      return fail(ErrorCode::not_found, fmt::format("Block {} of {} is not published.", name,
                                                    head.model.id()));
    }
    return open_payload(store, found->second);
  };
  return model::ModelWeights::load(architecture, resolve, head.contributed);
}

Result<std::shared_ptr<const model::Tokenizer>> load_tokenizer(const store::BlockStore& store,
                                                               const ModelHead& head) {
  auto root = Hash::from(as_bytes(head.rules.tokenizer_root()));
  if (!root) return fail(ErrorCode::corrupt, "The model's rules name no tokenizer.");
  TRY(auto payload, store.open(*root));
  TRY_STATUS(payload->verify_all());
  return model::Tokenizer::from_json(to_string(payload->content()));
}

}  // namespace cambium::node
