#include "learn/detail/torch_model.hpp"
#include "learn/reference.hpp"

namespace cambium::learn {

Result<double> reference_loss(const model::ModelWeights& model,
                              std::span<const Tokens> sequences) {
  if (sequences.empty()) {
    return fail(ErrorCode::invalid_input, "There are no sequences to measure.");
  }
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
