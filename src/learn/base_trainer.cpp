#include "learn/base_trainer.hpp"

namespace cambium::learn {

Result<std::map<std::string, Hash>> store_blocks(store::BlockStore& store,
                                                 const BlockContents& blocks) {
  std::map<std::string, Hash> roots;
  for (const auto& [name, content] : blocks) {
    TRY(roots[name], store.put(content));
  }
  return roots;
}

Result<model::SharedWeights> weights_of(const model::Architecture& architecture,
                                        const BlockContents& blocks) {
  const auto resolve = [&](std::string_view name) -> Result<model::SharedPayload> {
    const auto at = blocks.find(std::string(name));
    if (at == blocks.end()) {
      return fail(ErrorCode::not_found,
                  "The trained model has no block " + std::string(name) + ".");
    }
    return model::PayloadBundle::in_memory(at->second);
  };
  return model::ModelWeights::load(architecture, resolve, {});
}

}  // namespace cambium::learn
