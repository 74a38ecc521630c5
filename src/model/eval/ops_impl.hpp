// The loops of ops.hpp over a type V of sixteen lanes. V lives in an anonymous namespace of its
// translation unit, so every instantiation is private to it.
//
// V offers: load, store, set1, + - * /, max (a > b ? a : b), below(x, limit, a, b) = x < limit ? a
// : b lane by lane, exp2_of(t) = 2^n for t = n + kRoundMagic, and fold (16 -> 8 -> 4 -> 2 -> 1).
#pragma once

#include <cstddef>

#include "model/eval/ops.hpp"

#if defined(__FAST_MATH__)
#error "The evaluation kernel needs IEEE arithmetic: build it without -ffast-math."
#endif

namespace cambium::model::eval {

/// Adding 1.5 * 2^23 to a float below 2^22 leaves its nearest integer in the low mantissa bits.
inline constexpr float kRoundMagic = 12582912.0F;
inline constexpr float kLog2E = 1.44269504088896341F;
/// ln 2 = kLn2High + kLn2Low; the high part has 9 bits, so n * kLn2High is exact.
inline constexpr float kLn2High = 0.693359375F;
inline constexpr float kLn2Low = -2.12194440054690583e-4F;
inline constexpr float kExpMax = 88.0F;
inline constexpr float kExpMin = -87.0F;  // below it the result would be subnormal; it is 0

/// exp by reduction to |r| <= ln(2)/2 and the Taylor series to r^7 (relative error below 2^-23).
template <class V>
V exp_lanes(V x) {
  const V limited = V::below(V::set1(kExpMax), x, V::set1(kExpMax), x);
  const V shifted = limited * V::set1(kLog2E) + V::set1(kRoundMagic);
  const V n = shifted - V::set1(kRoundMagic);
  const V r = (limited - n * V::set1(kLn2High)) - n * V::set1(kLn2Low);
  V p = V::set1(1.0F / 5040.0F);
  p = p * r + V::set1(1.0F / 720.0F);
  p = p * r + V::set1(1.0F / 120.0F);
  p = p * r + V::set1(1.0F / 24.0F);
  p = p * r + V::set1(1.0F / 6.0F);
  p = p * r + V::set1(0.5F);
  p = p * r + V::set1(1.0F);
  p = p * r + V::set1(1.0F);
  return V::below(x, V::set1(kExpMin), V::set1(0.0F), p * V::exp2_of(shifted));
}

template <class V>
SoftmaxSums softmax_lanes(float* x, std::size_t n) {
  const std::size_t padded = (n + 15) / 16 * 16;
  for (std::size_t i = n; i < padded; ++i) x[i] = -__builtin_huge_valf();
  V high = V::load(x);
  for (std::size_t i = 16; i < padded; i += 16) high = V::max(high, V::load(x + i));
  float lanes[16];
  high.store(lanes);
  float max = lanes[0];
  for (int l = 1; l < 16; ++l) max = lanes[l] > max ? lanes[l] : max;
  V total = V::set1(0.0F);
  const V max_lanes = V::set1(max);
  for (std::size_t i = 0; i < padded; i += 16) {
    const V e = exp_lanes(V::load(x + i) - max_lanes);
    e.store(x + i);
    total = total + e;
  }
  return {max, total.fold()};
}

template <class V>
void mix_lanes(const Mix& m) {
  for (std::size_t d = 0; d < m.dim; d += 16) {
    V sum = V::set1(0.0F);
    for (std::size_t j = 0; j < m.n; ++j) {
      sum = sum + V::set1(m.weight[j]) * V::load(m.v + j * m.ldv + d);
    }
    (sum / V::set1(m.total)).store(m.out + d);
  }
}

template <class V>
void norm_lanes(const Norm& a) {
  V squares = V::set1(0.0F);
  for (std::size_t i = 0; i < a.dim; i += 16) {
    const V x = V::load(a.x + i);
    squares = squares + x * x;
  }
  const float mean = squares.fold() / static_cast<float>(a.dim);
  const V scale = V::set1(1.0F / V::root(mean + a.eps));
  for (std::size_t i = 0; i < a.dim; i += 16) {
    ((V::load(a.x + i) * scale) * V::load(a.w + i)).store(a.out + i);
  }
}

template <class V>
void swiglu_lanes(float* gate, const float* up, std::size_t n) {
  const V one = V::set1(1.0F);
  for (std::size_t i = 0; i < n; i += 16) {
    const V g = V::load(gate + i);
    const V silu = g / (one + exp_lanes(V::set1(0.0F) - g));
    (silu * V::load(up + i)).store(gate + i);
  }
}

template <class V>
void add_scaled_lanes(float* y, float a, const float* x, std::size_t n) {
  const V scale = V::set1(a);
  for (std::size_t i = 0; i < n; i += 16) {
    (V::load(y + i) + scale * V::load(x + i)).store(y + i);
  }
}

}  // namespace cambium::model::eval
