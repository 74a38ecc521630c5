// Payloads of a model from the local block store, found through its ParamIndex.
#pragma once

#include <map>
#include <string>

#include "base/ids.hpp"
#include "model/weights.hpp"
#include "store/block_store.hpp"

namespace cambium::model {

/// Payload root of every block name of one accepted state of a model.
using PayloadRoots = std::map<std::string, Hash, std::less<>>;

/// Maps stored payloads without reading their weights; ModelWeights hashes each at its first use.
/// `not_found` names the block when the index or the store lacks it. The store must outlive it.
PayloadResolver store_resolver(const store::BlockStore& store, PayloadRoots roots);

}  // namespace cambium::model
