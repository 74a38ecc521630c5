// Sixteen lanes as two AVX2 registers. Compiled with -mavx2 and without fused multiply-add.
#if defined(__x86_64__)
#include "model/eval/fold_x86.hpp"
#include "model/eval/ops_impl.hpp"

namespace cambium::model::eval {
namespace {

struct Lanes {
  __m256 lo, hi;

  static Lanes load(const float* p) { return {_mm256_loadu_ps(p), _mm256_loadu_ps(p + 8)}; }
  static Lanes set1(float x) { return {_mm256_set1_ps(x), _mm256_set1_ps(x)}; }
  void store(float* p) const {
    _mm256_storeu_ps(p, lo);
    _mm256_storeu_ps(p + 8, hi);
  }
  friend Lanes operator+(Lanes a, Lanes b) {
    return {_mm256_add_ps(a.lo, b.lo), _mm256_add_ps(a.hi, b.hi)};
  }
  friend Lanes operator-(Lanes a, Lanes b) {
    return {_mm256_sub_ps(a.lo, b.lo), _mm256_sub_ps(a.hi, b.hi)};
  }
  friend Lanes operator*(Lanes a, Lanes b) {
    return {_mm256_mul_ps(a.lo, b.lo), _mm256_mul_ps(a.hi, b.hi)};
  }
  friend Lanes operator/(Lanes a, Lanes b) {
    return {_mm256_div_ps(a.lo, b.lo), _mm256_div_ps(a.hi, b.hi)};
  }
  static Lanes max(Lanes a, Lanes b) {
    return {_mm256_max_ps(a.lo, b.lo), _mm256_max_ps(a.hi, b.hi)};
  }
  static __m256 below8(__m256 x, __m256 limit, __m256 a, __m256 b) {
    return _mm256_blendv_ps(b, a, _mm256_cmp_ps(x, limit, _CMP_LT_OQ));
  }
  static Lanes below(Lanes x, Lanes limit, Lanes a, Lanes b) {
    return {below8(x.lo, limit.lo, a.lo, b.lo), below8(x.hi, limit.hi, a.hi, b.hi)};
  }
  static __m256 exp2_of8(__m256 shifted) {
    const __m256i bias = _mm256_sub_epi32(_mm256_castps_si256(_mm256_set1_ps(kRoundMagic)),
                                          _mm256_set1_epi32(127));
    return _mm256_castsi256_ps(
        _mm256_slli_epi32(_mm256_sub_epi32(_mm256_castps_si256(shifted), bias), 23));
  }
  static Lanes exp2_of(Lanes shifted) { return {exp2_of8(shifted.lo), exp2_of8(shifted.hi)}; }
  float fold() const {
    const __m256 half = _mm256_add_ps(lo, hi);
    return _mm_cvtss_f32(fold4(half, half, half, half));
  }
  static float root(float x) { return _mm_cvtss_f32(_mm_sqrt_ss(_mm_set_ss(x))); }
};

// Eight of the sixteen lanes of T tokens against four rows. One half at a time keeps all
// accumulators in the sixteen registers; the halves meet in the first step of the fold.
template <int T>
void half_tile(const Panel& p, const float* x, std::size_t offset, __m256 (&sum)[T][4]) {
  for (int t = 0; t < T; ++t) {
    for (int r = 0; r < 4; ++r) sum[t][r] = _mm256_setzero_ps();
  }
  for (std::size_t i = offset; i < p.k; i += 16) {
    __m256 w[4];
    for (int r = 0; r < 4; ++r) w[r] = _mm256_loadu_ps(p.w[r] + i);
    for (int t = 0; t < T; ++t) {
      const __m256 v = _mm256_loadu_ps(x + static_cast<std::size_t>(t) * p.ldx + i);
      for (int r = 0; r < 4; ++r) sum[t][r] = _mm256_add_ps(sum[t][r], _mm256_mul_ps(w[r], v));
    }
  }
}

template <int T>
void tile(const Panel& p, std::size_t first) {
  const float* x = p.x + first * p.ldx;
  __m256 lo[T][4];
  __m256 hi[T][4];
  half_tile<T>(p, x, 0, lo);
  half_tile<T>(p, x, 8, hi);
  for (int t = 0; t < T; ++t) {
    const __m128 sums =
        fold4(_mm256_add_ps(lo[t][0], hi[t][0]), _mm256_add_ps(lo[t][1], hi[t][1]),
              _mm256_add_ps(lo[t][2], hi[t][2]), _mm256_add_ps(lo[t][3], hi[t][3]));
    store_rows(p.y + (first + static_cast<std::size_t>(t)) * p.ldy, sums, p.rows);
  }
}

void panel(const Panel& p) {
  std::size_t t = 0;
  for (; t + 2 <= p.n; t += 2) tile<2>(p, t);
  for (; t < p.n; ++t) tile<1>(p, t);
}

}  // namespace

const Ops kAvx2Ops = {"avx2",
                      panel,
                      softmax_lanes<Lanes>,
                      mix_lanes<Lanes>,
                      norm_lanes<Lanes>,
                      swiglu_lanes<Lanes>,
                      add_scaled_lanes<Lanes>};

}  // namespace cambium::model::eval
#endif
