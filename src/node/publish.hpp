// Putting a freshly trained base model on the chain: its meta block, then every anchor block.
#pragma once

#include <map>

#include "node/corpus.hpp"
#include "node/node.hpp"

namespace cambium::node {

struct Publication {
  std::string model;
  std::string title;
  model::Architecture architecture;
  Hash tokenizer_root;                        // payload of the store
  std::map<std::string, Hash> blocks;         // payloads of the store, by block name
  std::vector<cambium::models::v1::Slice> slices;
};

/// Does what is missing of it; the node's operator becomes the owner.
Status publish_model(Node& node, const Publication& publication);

}  // namespace cambium::node
