// AdamW (Loshchilov and Hutter 2019) over named parameters, with state that can be written out.
#pragma once

#include <map>
#include <string>
#include <vector>

#include "cambium/learn/v1/lineage.pb.h"
#include "base/ids.hpp"
#include "base/result.hpp"
#include "learn/detail/torch.hpp"

namespace cambium::learn::detail {

class AdamW {
 public:
  struct Options {
    double beta1 = 0.9;
    double beta2 = 0.95;
    double decay = 0.1;      // of matrices; vectors and gates are left alone
    double clip_norm = 1.0;  // of the gradient over all parameters
    double row_rate = 1.0;   // times the learning rate for single rows: gates and biases
  };

  /// Makes the tensors require gradients. They are updated in place.
  AdamW(std::map<std::string, at::Tensor> parameters, const Options& options);

  void clear_gradients();
  void step(double learning_rate);

  /// Weights and both moments, for a checkpoint; `load` refuses other names or sizes.
  void save(cambium::learn::v1::TrainState& state) const;
  Status load(const cambium::learn::v1::TrainState& state);

  Hash weights_hash() const;
  Hash optimiser_hash() const;

 private:
  struct Parameter {
    std::string name;
    at::Tensor value, first, second, steps;
    double decay = 0;
    double rate = 1;
  };
  std::vector<Parameter> parameters_;
  Options options_;
};

}  // namespace cambium::learn::detail
