#if defined(__x86_64__)
#include <immintrin.h>

#include "model/runtime/kernels_impl.hpp"

namespace cambium::model::runtime {
namespace {

struct Lanes {
  __m512 v;
  static Lanes zero() { return {_mm512_setzero_ps()}; }
  static Lanes load(const float* p) { return {_mm512_loadu_ps(p)}; }
  static Lanes fma(Lanes a, Lanes b, Lanes c) { return {_mm512_fmadd_ps(a.v, b.v, c.v)}; }
  float sum() const { return _mm512_reduce_add_ps(v); }
};

struct LoadFp32 {
  using Element = float;
  static constexpr float kScale = 1.0F;
  static Lanes load(const float* p) { return Lanes::load(p); }
};

struct LoadFp16 {
  using Element = unsigned short;
  static constexpr float kScale = 1.0F;
  static Lanes load(const Element* p) {
    return {_mm512_cvtph_ps(_mm256_loadu_si256(reinterpret_cast<const __m256i*>(p)))};
  }
};

struct LoadBf16 {
  using Element = unsigned short;
  static constexpr float kScale = 1.0F;
  static Lanes load(const Element* p) {
    const __m512i wide =
        _mm512_cvtepu16_epi32(_mm256_loadu_si256(reinterpret_cast<const __m256i*>(p)));
    return {_mm512_castsi512_ps(_mm512_slli_epi32(wide, 16))};
  }
};

struct LoadInt8 {
  using Element = signed char;
  static constexpr float kScale = 1.0F;
  static Lanes load(const Element* p) {
    const __m128i bytes = _mm_loadu_si128(reinterpret_cast<const __m128i*>(p));
    return {_mm512_cvtepi32_ps(_mm512_cvtepi8_epi32(bytes))};
  }
};

// e4m3 bits moved into fp16's fields read 2^8 too small, subnormals too; kScale puts that right.
struct LoadFp8 {
  using Element = unsigned char;
  static constexpr float kScale = 256.0F;
  static Lanes load(const Element* p) {
    const __m256i wide =
        _mm256_cvtepi8_epi16(_mm_loadu_si128(reinterpret_cast<const __m128i*>(p)));
    const __m256i sign = _mm256_and_si256(wide, _mm256_set1_epi16(-32768));
    const __m256i rest = _mm256_and_si256(wide, _mm256_set1_epi16(0x7F));
    return {_mm512_cvtph_ps(_mm256_or_si256(sign, _mm256_slli_epi16(rest, 7)))};
  }
};

}  // namespace

const Kernels kAvx512Kernels = {"avx512",
                                product<Lanes, LoadFp32>,
                                product<Lanes, LoadFp16>,
                                product<Lanes, LoadBf16>,
                                product<Lanes, LoadInt8>,
                                product<Lanes, LoadFp8>};

}  // namespace cambium::model::runtime
#endif
