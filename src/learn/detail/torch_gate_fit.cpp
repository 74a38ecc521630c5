#include "learn/detail/torch_gate_fit.hpp"

#include <algorithm>
#include <limits>

namespace cambium::learn::detail {
namespace {

constexpr double kShrinkage = 0.1;  // toward a multiple of the identity
constexpr double kSpread = 1.5;     // deviation of anchor gate values

at::Tensor covariance(const at::Tensor& states) {
  const at::Tensor centred = states - states.mean(0, true);
  return at::matmul(centred.t(), centred) / static_cast<double>(states.size(0));
}

}  // namespace

GateStart fit_gate(const GateFit& fit) {
  const at::NoGradGuard no_grad;
  const std::int64_t d = fit.domain.size(1);
  const at::Tensor all = at::cat(fit.anchors);
  at::Tensor within = (covariance(fit.domain) + covariance(all)) / 2;
  const double level = within.trace().item<double>() / static_cast<double>(d);
  within = within * (1 - kShrinkage) + at::eye(d) * (kShrinkage * level);
  const at::Tensor difference = fit.domain.mean(0) - all.mean(0);
  at::Tensor row = at::linalg_solve(within, difference.unsqueeze(1)).view({1, d});
  const at::Tensor spread = at::matmul(all, row.view({-1})).std();
  row = row * (kSpread / std::max(spread.item<double>(), 1e-6));
  double bias = std::numeric_limits<double>::max();
  for (const at::Tensor& anchor : fit.anchors) {
    const at::Tensor z = at::matmul(anchor, row.view({-1}));
    bias = std::min(bias, -at::quantile(z, 1 - fit.anchor_share).item<double>());
  }
  return {row.contiguous(), at::full({1, 1}, bias, at::kFloat)};
}

}  // namespace cambium::learn::detail
