#include "crypto/detail/sha256_block.hpp"

#if defined(__x86_64__)
#include <cpuid.h>
#include <immintrin.h>

namespace cambium::crypto::detail {
namespace {

#define SHA_TARGET __attribute__((target("sha,sse4.1,ssse3")))

// The instructions keep the state as (ABEF, CDGH); `streams` independent messages advance
// together because one round pair takes four cycles but a new one can start every second.
template <int streams>
SHA_TARGET inline __attribute__((always_inline)) void compress(
    ShaState* states, const std::uint8_t* const (&blocks)[streams]) {
  const __m128i swap = _mm_set_epi64x(0x0c0d0e0f08090a0b, 0x0405060700010203);
  __m128i abef[streams], cdgh[streams], m[streams][4];
  for (int s = 0; s < streams; ++s) {
    const auto* words = reinterpret_cast<const __m128i*>(states[s].data());
    const __m128i cdab = _mm_shuffle_epi32(_mm_loadu_si128(words), 0xB1);
    const __m128i efgh = _mm_shuffle_epi32(_mm_loadu_si128(words + 1), 0x1B);
    abef[s] = _mm_alignr_epi8(cdab, efgh, 8);
    cdgh[s] = _mm_blend_epi16(efgh, cdab, 0xF0);
  }
#pragma GCC unroll 16
  for (int i = 0; i < 16; ++i) {
    const __m128i k = _mm_load_si128(reinterpret_cast<const __m128i*>(kShaRound.data()) + i);
#pragma GCC unroll 2
    for (int s = 0; s < streams; ++s) {
      __m128i& now = m[s][i & 3];
      if (i < 4) {
        const auto* in = reinterpret_cast<const __m128i*>(blocks[s]) + i;
        now = _mm_shuffle_epi8(_mm_loadu_si128(in), swap);
      } else {
        const __m128i last = m[s][(i + 3) & 3];
        const __m128i mid = _mm_alignr_epi8(last, m[s][(i + 2) & 3], 4);
        now = _mm_add_epi32(_mm_sha256msg1_epu32(now, m[s][(i + 1) & 3]), mid);
        now = _mm_sha256msg2_epu32(now, last);
      }
      const __m128i wk = _mm_add_epi32(now, k);
      cdgh[s] = _mm_sha256rnds2_epu32(cdgh[s], abef[s], wk);
      abef[s] = _mm_sha256rnds2_epu32(abef[s], cdgh[s], _mm_shuffle_epi32(wk, 0x0E));
    }
  }
  for (int s = 0; s < streams; ++s) {
    auto* words = reinterpret_cast<__m128i*>(states[s].data());
    const __m128i feba = _mm_shuffle_epi32(abef[s], 0x1B);
    const __m128i dchg = _mm_shuffle_epi32(cdgh[s], 0xB1);
    const __m128i abcd = _mm_blend_epi16(feba, dchg, 0xF0);
    const __m128i efgh = _mm_alignr_epi8(dchg, feba, 8);
    _mm_storeu_si128(words, _mm_add_epi32(_mm_loadu_si128(words), abcd));
    _mm_storeu_si128(words + 1, _mm_add_epi32(_mm_loadu_si128(words + 1), efgh));
  }
}

SHA_TARGET void compress_one(ShaState& state, const std::uint8_t* block) {
  compress<1>(&state, {block});
}

SHA_TARGET void compress_two(ShaState* states, const std::uint8_t* block0,
                             const std::uint8_t* block1) {
  compress<2>(states, {block0, block1});
}

bool supported() {
  unsigned a = 0, b = 0, c = 0, d = 0;
  if (!__get_cpuid(1, &a, &b, &c, &d)) return false;
  const bool shuffles = (c & bit_SSSE3) != 0 && (c & bit_SSE4_1) != 0;
  if (!__get_cpuid_count(7, 0, &a, &b, &c, &d)) return false;
  return shuffles && (b & bit_SHA) != 0;
}

}  // namespace

ShaBackend native_sha() {
  return supported() ? ShaBackend{"sha-ni", compress_one, compress_two} : ShaBackend{};
}

}  // namespace cambium::crypto::detail

#else

namespace cambium::crypto::detail {
ShaBackend native_sha() { return {}; }
}  // namespace cambium::crypto::detail

#endif
