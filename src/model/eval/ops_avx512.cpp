// Sixteen lanes as one AVX-512 register. Compiled with -mavx512f and without fused multiply-add.
#if defined(__x86_64__)
#include "model/eval/fold_x86.hpp"
#include "model/eval/ops_impl.hpp"

namespace cambium::model::eval {
namespace {

// Lane l plus lane l + 8.
__m256 halve(__m512 v) {
  const __m512d bits = _mm512_castps_pd(v);
  return _mm256_add_ps(_mm512_castps512_ps256(v),
                       _mm256_castpd_ps(_mm512_extractf64x4_pd(bits, 1)));
}

struct Lanes {
  __m512 v;

  static Lanes load(const float* p) { return {_mm512_loadu_ps(p)}; }
  static Lanes set1(float x) { return {_mm512_set1_ps(x)}; }
  void store(float* p) const { _mm512_storeu_ps(p, v); }
  friend Lanes operator+(Lanes a, Lanes b) { return {_mm512_add_ps(a.v, b.v)}; }
  friend Lanes operator-(Lanes a, Lanes b) { return {_mm512_sub_ps(a.v, b.v)}; }
  friend Lanes operator*(Lanes a, Lanes b) { return {_mm512_mul_ps(a.v, b.v)}; }
  friend Lanes operator/(Lanes a, Lanes b) { return {_mm512_div_ps(a.v, b.v)}; }
  static Lanes max(Lanes a, Lanes b) { return {_mm512_max_ps(a.v, b.v)}; }
  static Lanes below(Lanes x, Lanes limit, Lanes a, Lanes b) {
    return {_mm512_mask_blend_ps(_mm512_cmp_ps_mask(x.v, limit.v, _CMP_LT_OQ), b.v, a.v)};
  }
  static Lanes exp2_of(Lanes shifted) {
    const __m512i bias = _mm512_sub_epi32(_mm512_castps_si512(_mm512_set1_ps(kRoundMagic)),
                                          _mm512_set1_epi32(127));
    const __m512i n = _mm512_sub_epi32(_mm512_castps_si512(shifted.v), bias);
    return {_mm512_castsi512_ps(_mm512_slli_epi32(n, 23))};
  }
  float fold() const {
    const __m256 half = halve(v);
    return _mm_cvtss_f32(fold4(half, half, half, half));
  }
  static float root(float x) { return _mm_cvtss_f32(_mm_sqrt_ss(_mm_set_ss(x))); }
};

// T tokens against four rows: T * 4 accumulators.
template <int T>
void tile(const Panel& p, std::size_t first) {
  const float* x = p.x + first * p.ldx;
  __m512 sum[T][4];
  for (int t = 0; t < T; ++t) {
    for (int r = 0; r < 4; ++r) sum[t][r] = _mm512_setzero_ps();
  }
  for (std::size_t i = 0; i < p.k; i += 16) {
    __m512 w[4];
    for (int r = 0; r < 4; ++r) w[r] = _mm512_loadu_ps(p.w[r] + i);
    for (int t = 0; t < T; ++t) {
      const __m512 v = _mm512_loadu_ps(x + static_cast<std::size_t>(t) * p.ldx + i);
      for (int r = 0; r < 4; ++r) sum[t][r] = _mm512_add_ps(sum[t][r], _mm512_mul_ps(w[r], v));
    }
  }
  for (int t = 0; t < T; ++t) {
    const __m128 sums =
        fold4(halve(sum[t][0]), halve(sum[t][1]), halve(sum[t][2]), halve(sum[t][3]));
    store_rows(p.y + (first + static_cast<std::size_t>(t)) * p.ldy, sums, p.rows);
  }
}

void panel(const Panel& p) {
  std::size_t t = 0;
  for (; t + 4 <= p.n; t += 4) tile<4>(p, t);
  for (; t < p.n; ++t) tile<1>(p, t);
}

}  // namespace

const Ops kAvx512Ops = {"avx512",
                        panel,
                        softmax_lanes<Lanes>,
                        mix_lanes<Lanes>,
                        norm_lanes<Lanes>,
                        swiglu_lanes<Lanes>,
                        add_scaled_lanes<Lanes>};

}  // namespace cambium::model::eval
#endif
