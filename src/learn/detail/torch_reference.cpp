#include "learn/detail/torch_door.hpp"
#include "learn/detail/torch_model.hpp"

namespace cambium::learn {

Result<double> detail::torch_loss(const model::ModelWeights& model,
                                  std::span<const Tokens> sequences) {
  try {
    const at::NoGradGuard no_grad;
    const auto torch_model = detail::borrow_model(model.view());
    const auto batch = detail::to_tensors({sequences.begin(), sequences.end()});
    const auto out = detail::forward(torch_model, batch.inputs, detail::Want::logits);
    return at::cross_entropy_loss(out.logits, batch.targets.view({-1})).item<double>();
  } catch (const std::exception& e) {
    return fail(ErrorCode::refused, std::string("libtorch refused: ") + e.what());
  }
}

}  // namespace cambium::learn
