// Scalar functions of the evaluation kernel, from IEEE-754 basic operations only.
#pragma once

#include <cstdint>

namespace cambium::model::eval {

/// Natural logarithm of a positive, normal, finite x; relative error below 2^-22.
float log_of(float x);

/// The logistic function, with the kernel's own exp.
float sigmoid_of(float x);

struct Rotation {
  float cos;
  float sin;
};

/// cos and sin of position * theta^(-fraction), fraction = 2i / head_dim, computed in double and
/// rounded once; absolute error below 10^-7 for positions to 2^24.
struct RotationAt {
  std::uint64_t position;
  std::uint64_t theta;
  double fraction;
};
Rotation rotation(const RotationAt& at);

}  // namespace cambium::model::eval
