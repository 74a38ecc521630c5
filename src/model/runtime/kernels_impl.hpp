// The product loop over a type V of sixteen lanes (zero, load, fma, sum) and a Load that widens
// sixteen stored elements to it. Included only by translation units of one instruction set, with V
// in an anonymous namespace.
#pragma once

#include <cstddef>

#include "model/runtime/kernels.hpp"

namespace cambium::model::runtime {

// T tokens against R rows.
template <class V, class Load, int T, int R>
void product_tile(const Product& p, std::size_t row, std::size_t token) {
  using Element = typename Load::Element;
  const Element* w = static_cast<const Element*>(p.w) + row * p.k;
  const float* x = p.x + token * p.k;
  V sum[T][R];
  for (int t = 0; t < T; ++t) {
    for (int r = 0; r < R; ++r) sum[t][r] = V::zero();
  }
  for (std::size_t i = 0; i < p.k; i += 16) {
    V v[T];
    for (int t = 0; t < T; ++t) v[t] = V::load(x + static_cast<std::size_t>(t) * p.k + i);
    for (int r = 0; r < R; ++r) {
      const V wide = Load::load(w + static_cast<std::size_t>(r) * p.k + i);
      for (int t = 0; t < T; ++t) sum[t][r] = V::fma(wide, v[t], sum[t][r]);
    }
  }
  for (int r = 0; r < R; ++r) {
    const float scale =
        p.scales != nullptr ? p.scales[row + static_cast<std::size_t>(r)] : Load::kScale;
    for (int t = 0; t < T; ++t) {
      p.y[(token + static_cast<std::size_t>(t)) * p.ldy + row + static_cast<std::size_t>(r)] =
          sum[t][r].sum() * scale;
    }
  }
}

template <class V, class Load, int R>
void product_rows(const Product& p, std::size_t row) {
  std::size_t t = 0;
  for (; t + 4 <= p.n; t += 4) product_tile<V, Load, 4, R>(p, row, t);
  for (; t < p.n; ++t) product_tile<V, Load, 1, R>(p, row, t);
}

template <class V, class Load>
void product(const Product& p) {
  std::size_t row = 0;
  for (; row + 4 <= p.rows; row += 4) product_rows<V, Load, 4>(p, row);
  for (; row < p.rows; ++row) product_rows<V, Load, 1>(p, row);
}

}  // namespace cambium::model::runtime
