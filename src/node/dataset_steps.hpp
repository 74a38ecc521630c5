// Datasets on their way to being usable: registered and approved on utility, known on compute.
#pragma once

#include <vector>

#include "data/corpus.hpp"
#include "node/node.hpp"

namespace cambium::node {

/// Registers and approves what is not yet; returns when the compute chain has heard of all.
Status register_datasets(Node& node, const std::vector<data::Dataset>& datasets,
                         std::stop_token stop);

}  // namespace cambium::node
