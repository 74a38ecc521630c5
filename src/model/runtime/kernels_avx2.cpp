#if defined(__x86_64__)
#include <immintrin.h>

#include "model/runtime/kernels_impl.hpp"

namespace cambium::model::runtime {
namespace {

struct Lanes {
  __m256 lo, hi;
  static Lanes zero() { return {_mm256_setzero_ps(), _mm256_setzero_ps()}; }
  static Lanes load(const float* p) { return {_mm256_loadu_ps(p), _mm256_loadu_ps(p + 8)}; }
  static Lanes fma(Lanes a, Lanes b, Lanes c) {
    return {_mm256_fmadd_ps(a.lo, b.lo, c.lo), _mm256_fmadd_ps(a.hi, b.hi, c.hi)};
  }
  float sum() const {
    const __m256 half = _mm256_add_ps(lo, hi);
    __m128 s = _mm_add_ps(_mm256_castps256_ps128(half), _mm256_extractf128_ps(half, 1));
    s = _mm_add_ps(s, _mm_movehl_ps(s, s));
    return _mm_cvtss_f32(_mm_add_ss(s, _mm_movehdup_ps(s)));
  }
};

const __m128i* bytes_at(const void* p) { return static_cast<const __m128i*>(p); }

struct LoadFp32 {
  using Element = float;
  static constexpr float kScale = 1.0F;
  static Lanes load(const float* p) { return Lanes::load(p); }
};

struct LoadFp16 {
  using Element = unsigned short;
  static constexpr float kScale = 1.0F;
  static Lanes load(const Element* p) {
    return {_mm256_cvtph_ps(_mm_loadu_si128(bytes_at(p))),
            _mm256_cvtph_ps(_mm_loadu_si128(bytes_at(p + 8)))};
  }
};

struct LoadBf16 {
  using Element = unsigned short;
  static constexpr float kScale = 1.0F;
  static __m256 load8(const Element* p) {
    const __m256i wide = _mm256_cvtepu16_epi32(_mm_loadu_si128(bytes_at(p)));
    return _mm256_castsi256_ps(_mm256_slli_epi32(wide, 16));
  }
  static Lanes load(const Element* p) { return {load8(p), load8(p + 8)}; }
};

struct LoadInt8 {
  using Element = signed char;
  static constexpr float kScale = 1.0F;
  static __m256 load8(const Element* p) {
    return _mm256_cvtepi32_ps(_mm256_cvtepi8_epi32(_mm_loadl_epi64(bytes_at(p))));
  }
  static Lanes load(const Element* p) { return {load8(p), load8(p + 8)}; }
};

// e4m3 bits moved into fp16's fields read 2^8 too small, subnormals too; kScale puts that right.
struct LoadFp8 {
  using Element = unsigned char;
  static constexpr float kScale = 256.0F;
  static __m256 load8(const Element* p) {
    const __m128i wide = _mm_cvtepi8_epi16(_mm_loadl_epi64(bytes_at(p)));
    const __m128i sign = _mm_and_si128(wide, _mm_set1_epi16(-32768));
    const __m128i rest = _mm_and_si128(wide, _mm_set1_epi16(0x7F));
    return _mm256_cvtph_ps(_mm_or_si128(sign, _mm_slli_epi16(rest, 7)));
  }
  static Lanes load(const Element* p) { return {load8(p), load8(p + 8)}; }
};

}  // namespace

const Kernels kAvx2Kernels = {"avx2",
                              product<Lanes, LoadFp32>,
                              product<Lanes, LoadFp16>,
                              product<Lanes, LoadBf16>,
                              product<Lanes, LoadInt8>,
                              product<Lanes, LoadFp8>};

}  // namespace cambium::model::runtime
#endif
