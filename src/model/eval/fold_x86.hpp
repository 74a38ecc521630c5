// The lower half of the lane fold, shared by the x86 paths. Everything is static: each translation
// unit keeps a copy compiled for its own instruction set.
#pragma once

#include <immintrin.h>

namespace cambium::model::eval {

// Lanes 8 -> 4 -> 2 -> 1 of four vectors at once, one result per vector in order.
static inline __m128 fold4(__m256 a, __m256 b, __m256 c, __m256 d) {
  const auto halve = [](__m256 v) {
    return _mm_add_ps(_mm256_castps256_ps128(v), _mm256_extractf128_ps(v, 1));
  };
  const __m128 a4 = halve(a);
  const __m128 b4 = halve(b);
  const __m128 c4 = halve(c);
  const __m128 d4 = halve(d);
  const __m128 ab = _mm_add_ps(_mm_movelh_ps(a4, b4), _mm_movehl_ps(b4, a4));
  const __m128 cd = _mm_add_ps(_mm_movelh_ps(c4, d4), _mm_movehl_ps(d4, c4));
  return _mm_add_ps(_mm_shuffle_ps(ab, cd, 0x88), _mm_shuffle_ps(ab, cd, 0xDD));
}

static inline void store_rows(float* y, __m128 sums, unsigned long rows) {
  if (rows == 4) {
    _mm_storeu_ps(y, sums);
    return;
  }
  float all[4];
  _mm_storeu_ps(all, sums);
  for (unsigned long r = 0; r < rows; ++r) y[r] = all[r];
}

}  // namespace cambium::model::eval
