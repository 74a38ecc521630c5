#include "model/store_resolver.hpp"

namespace cambium::model {

PayloadResolver store_resolver(const store::BlockStore& store, PayloadRoots roots) {
  return [&store, roots = std::move(roots)](std::string_view name) -> Result<SharedPayload> {
    const auto root = roots.find(name);
    if (root == roots.end()) {
      return fail(ErrorCode::not_found, "The model's index has no block \"" + std::string(name) +
                                            "\"; wait until the chain has caught up.");
    }
    if (!store.has(root->second)) {
      return fail(ErrorCode::not_found, "The payload " + root->second.hex() + " of " +
                                            std::string(name) + " is not in the store; fetch it"
                                            " from a node that has it.");
    }
    TRY(auto bundle, tensor::MappedBundle::open(store.path(root->second), root->second,
                                                tensor::Verify::none));
    return PayloadBundle::mapped(std::move(bundle));
  };
}

}  // namespace cambium::model
