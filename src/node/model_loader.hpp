// A model's accepted head, from the compute chain and the block store to something that answers.
#pragma once

#include <map>
#include <string>
#include <vector>

#include "cambium/models/v1/models.pb.h"
#include "engine/engine.hpp"
#include "serve/host.hpp"
#include "store/block_store.hpp"

namespace cambium::node {

/// The accepted blocks of one model at one height.
struct ModelHead {
  cambium::models::v1::Model model;
  cambium::models::v1::MetaRules rules;
  Hash index_root;
  std::map<std::string, Hash> payloads;     // by block name
  std::map<std::string, BlockId> blocks;    // by block name
  std::vector<model::ExpertName> contributed;
};

/// `not_found` while the chain has no such model.
Result<ModelHead> read_head(const state::View& compute, const std::string& model);

/// Maps every payload; `not_found` names one that this node does not hold.
Result<model::SharedWeights> load_weights(const store::BlockStore& store, const ModelHead& head);
Result<std::shared_ptr<const model::Tokenizer>> load_tokenizer(const store::BlockStore& store,
                                                               const ModelHead& head);
/// One payload of the store, mapped.
Result<model::SharedPayload> open_payload(const store::BlockStore& store, const Hash& root);

}  // namespace cambium::node
