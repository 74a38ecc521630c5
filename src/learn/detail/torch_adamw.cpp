#include "learn/detail/torch_adamw.hpp"

#include <cmath>
#include <cstring>

#include "crypto/sha256.hpp"

namespace cambium::learn::detail {
namespace {

ByteView bytes_of(const at::Tensor& t) {
  return {reinterpret_cast<const std::uint8_t*>(t.data_ptr<float>()),
          static_cast<std::size_t>(t.numel()) * sizeof(float)};
}

// Gate rows and biases are single rows: decaying them would slowly close the gate.
bool is_matrix(const at::Tensor& t) { return t.dim() == 2 && t.size(0) > 1; }

Status read_into(const cambium::learn::v1::NamedTensor& from, const std::string& name,
                 const at::Tensor& to) {
  if (from.name() != name || from.data().size() != bytes_of(to).size()) {
    return fail(ErrorCode::corrupt, "The checkpoint holds " + from.name() + " where " + name +
                                        " belongs; delete the run's folder to begin anew.");
  }
  std::memcpy(to.data_ptr<float>(), from.data().data(), from.data().size());
  return {};
}

}  // namespace

AdamW::AdamW(std::map<std::string, at::Tensor> parameters, const Options& options)
    : options_(options) {
  for (auto& [name, value] : parameters) {
    Parameter p;
    p.name = name;
    p.value = value;
    p.first = at::zeros_like(value);
    p.second = at::zeros_like(value);
    p.steps = at::zeros({}, at::kFloat);
    p.decay = is_matrix(value) ? options.decay : 0.0;
    p.rate = is_matrix(value) ? 1.0 : options.row_rate;
    p.value.set_requires_grad(true);
    p.value.mutable_grad() = at::zeros_like(value);
    parameters_.push_back(std::move(p));
  }
}

void AdamW::clear_gradients() {
  for (Parameter& p : parameters_) p.value.mutable_grad().zero_();
}

void AdamW::step(double learning_rate) {
  const at::NoGradGuard no_grad;
  double squares = 0;
  for (const Parameter& p : parameters_) {
    const double norm = p.value.grad().norm().item<double>();
    squares += norm * norm;
  }
  const double norm = std::sqrt(squares);
  const double shrink = norm > options_.clip_norm ? options_.clip_norm / norm : 1.0;
  for (Parameter& p : parameters_) {
    if (shrink < 1.0) p.value.mutable_grad().mul_(shrink);
    constexpr double kEpsilon = 1e-8;
    at::_fused_adamw_({p.value}, {p.value.grad()}, {p.first}, {p.second}, {}, {p.steps.add_(1)},
                      p.rate * learning_rate, options_.beta1, options_.beta2, p.decay, kEpsilon,
                      /*amsgrad=*/false, /*maximize=*/false);
  }
}

void AdamW::save(cambium::learn::v1::TrainState& state) const {
  for (const Parameter& p : parameters_) {
    for (const at::Tensor* t : {&p.value, &p.first, &p.second}) {
      auto* out = state.add_tensors();
      out->set_name(p.name);
      const ByteView bytes = bytes_of(*t);
      out->set_data(bytes.data(), bytes.size());
    }
  }
}

Status AdamW::load(const cambium::learn::v1::TrainState& state) {
  if (state.tensors_size() != static_cast<int>(3 * parameters_.size())) {
    return fail(ErrorCode::corrupt,
                "The checkpoint holds another model; delete the run's folder to begin anew.");
  }
  const at::NoGradGuard no_grad;
  int at = 0;
  for (Parameter& p : parameters_) {
    TRY_STATUS(read_into(state.tensors(at++), p.name, p.value));
    TRY_STATUS(read_into(state.tensors(at++), p.name, p.first));
    TRY_STATUS(read_into(state.tensors(at++), p.name, p.second));
    p.steps.fill_(static_cast<double>(state.step()));
  }
  return {};
}

Hash AdamW::weights_hash() const {
  crypto::Sha256 hash;
  for (const Parameter& p : parameters_) hash.update(as_bytes(p.name)).update(bytes_of(p.value));
  return hash.finish();
}

Hash AdamW::optimiser_hash() const {
  crypto::Sha256 hash;
  for (const Parameter& p : parameters_) {
    hash.update(as_bytes(p.name)).update(bytes_of(p.first)).update(bytes_of(p.second));
  }
  return hash.finish();
}

}  // namespace cambium::learn::detail
