#include "model/weights.hpp"

#include "model/block_layout.hpp"

namespace cambium::model {
namespace {

constexpr std::uint64_t kPageBytes = 4096;

tl::unexpected<Error> no_block(std::string_view name) {
  return fail(ErrorCode::not_found, "The model has no block \"" + std::string(name) + "\".");
}

}  // namespace

Result<SharedWeights> ModelWeights::load(const Architecture& architecture,
                                         const PayloadResolver& resolve,
                                         std::span<const ExpertName> contributed) {
  TRY_STATUS(validate(architecture));
  std::vector<std::string> names = shared_block_names(architecture);
  for (auto& name : anchor_expert_names(architecture)) names.push_back(std::move(name));
  for (const ExpertName& name : contributed) names.push_back(to_text(name));
  Blocks blocks;
  for (const std::string& name : names) {
    auto payload = resolve(name);
    if (!payload) return tl::unexpected(std::move(payload.error()).in(name));
    blocks[name] = std::make_shared<Block>(std::move(*payload));
  }
  return bind(architecture, std::move(blocks));
}

Result<SharedWeights> ModelWeights::bind(const Architecture& architecture, Blocks blocks) {
  const TensorSource source = [&](std::string_view block,
                                  std::string_view tensor) -> Result<TensorView> {
    const auto found = blocks.find(block);
    if (found == blocks.end()) return no_block(block);
    auto view = found->second->payload->bundle().find(tensor);
    if (!view) return tl::unexpected(std::move(view.error()).in(block));
    return view;
  };
  std::vector<ExpertName> contributed;
  for (const auto& [name, block] : blocks) {
    const auto expert = parse_expert_name(name);
    if (!expert || !is_contributed(*expert, architecture)) continue;
    contributed.push_back(*expert);
    for (const std::string_view gate : {"row", "bias"}) {
      if (auto status = block->payload->verify(gate); !status) {
        return tl::unexpected(std::move(status.error()).in(name));
      }
    }
  }
  std::shared_ptr<ModelWeights> weights(new ModelWeights);
  TRY(weights->view_, bind_model(architecture, source, contributed));
  weights->blocks_ = std::move(blocks);
  return weights;
}

Result<SharedWeights> ModelWeights::with_expert(const ExpertName& name,
                                                SharedPayload payload) const {
  if (!is_contributed(name, architecture())) {
    return fail(ErrorCode::refused, to_text(name) + " is one of the anchor's experts, which are"
                                    " frozen within a version.");
  }
  Blocks blocks = blocks_;
  blocks[to_text(name)] = std::make_shared<Block>(std::move(payload));
  return bind(architecture(), std::move(blocks));
}

Result<SharedWeights> ModelWeights::without(const ExpertName& name) const {
  Blocks blocks = blocks_;
  if (!is_contributed(name, architecture()) || blocks.erase(to_text(name)) == 0) {
    return fail(ErrorCode::not_found,
                "The model has no contributed expert " + to_text(name) + " to drop.");
  }
  return bind(architecture(), std::move(blocks));
}

SharedPayload ModelWeights::payload(std::string_view block_name) const {
  const auto found = blocks_.find(block_name);
  return found == blocks_.end() ? nullptr : found->second->payload;
}

std::vector<ExpertName> ModelWeights::contributed() const {
  std::vector<ExpertName> names;
  for (std::uint32_t l = 0; l < view_.layers.size(); ++l) {
    for (const ContributedView& expert : view_.layers[l].contributed) {
      names.push_back({l, expert.slot});
    }
  }
  return names;
}

Status ModelWeights::ensure_verified(std::string_view block_name) const {
  const auto found = blocks_.find(block_name);
  if (found == blocks_.end()) return no_block(block_name);
  Block& block = *found->second;
  if (block.verified.load(std::memory_order_acquire)) return {};
  if (auto status = block.payload->verify(); !status) {
    return tl::unexpected(std::move(status.error()).in(block_name));
  }
  block.verified.store(true, std::memory_order_release);
  return {};
}

Status ModelWeights::verify_all() const {
  for (const auto& [name, block] : blocks_) TRY_STATUS(ensure_verified(name));
  return {};
}

Result<ResidentPages> ModelWeights::resident() const {
  ResidentPages all;
  for (const auto& [name, block] : blocks_) {
    TRY(const ResidentPages pages, resident(name));
    all.touched += pages.touched;
    all.total += pages.total;
  }
  return all;
}

Result<ResidentPages> ModelWeights::resident(std::string_view block_name) const {
  const SharedPayload found = payload(block_name);
  if (!found) return no_block(block_name);
  TRY(const std::uint64_t touched, found->touched_pages());
  return ResidentPages{touched, (found->bundle().content().size() + kPageBytes - 1) / kPageBytes};
}

}  // namespace cambium::model
