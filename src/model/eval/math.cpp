#include "model/eval/math.hpp"

#include <bit>

#include "model/eval/ops_impl.hpp"

namespace cambium::model::eval {
namespace {

constexpr double kLn2 = 0.69314718055994530942;
constexpr double kHalfPi = 1.57079632679489661923;
// kHalfPi = high + low with 33 bits in the high part, so that n * high is exact for n < 2^20.
constexpr double kHalfPiHigh = 1.57079632673412561417;
constexpr double kHalfPiLow = 6.07710050650619224932e-11;

// 2 atanh(s) = ln((1 + s) / (1 - s)), |s| <= 0.172, by its series.
template <class T>
T twice_atanh(T s, int terms) {
  const T s2 = s * s;
  T sum = T(0);
  for (int i = terms; i >= 0; --i) sum = sum * s2 + T(1) / static_cast<T>(2 * i + 1);
  return (s + s) * sum;
}

double log_of(double x) {
  int exponent = 0;
  while (x > 1.41421356237309504880) {
    x = x * 0.5;
    ++exponent;
  }
  return twice_atanh((x - 1.0) / (x + 1.0), 13) + static_cast<double>(exponent) * kLn2;
}

// For x <= 0, as frequencies need it: halves x until it is small, then squares back up.
double exp_of(double x) {
  int halvings = 0;
  while (x < -0.0625) {
    x = x * 0.5;
    ++halvings;
  }
  double sum = 1.0;
  for (int i = 12; i > 0; --i) sum = 1.0 + x * sum / static_cast<double>(i);
  for (; halvings > 0; --halvings) sum = sum * sum;
  return sum;
}

double sin_series(double r) {
  const double r2 = r * r;
  double sum = 1.0;
  for (int i = 8; i > 0; --i) sum = 1.0 - r2 * sum / static_cast<double>(2 * i * (2 * i + 1));
  return r * sum;
}

double cos_series(double r) {
  const double r2 = r * r;
  double sum = 1.0;
  for (int i = 8; i > 0; --i) sum = 1.0 - r2 * sum / static_cast<double>((2 * i - 1) * 2 * i);
  return sum;
}

}  // namespace

float log_of(float x) {
  const auto bits = std::bit_cast<std::uint32_t>(x);
  auto exponent = static_cast<std::int32_t>(bits >> 23U) - 127;
  float m = std::bit_cast<float>((bits & 0x007FFFFFU) | 0x3F800000U);
  if (m > 1.41421356F) {
    m = m * 0.5F;
    ++exponent;
  }
  const auto n = static_cast<float>(exponent);
  const float mantissa = twice_atanh((m - 1.0F) / (m + 1.0F), 5);
  return n * kLn2High + (mantissa + n * kLn2Low);
}

float sigmoid_of(float x) {
  // A sixteen-lane exp of one value would do; the steps here are the same ones in one lane.
  const float y = 0.0F - x;
  if (y < kExpMin) return 1.0F;
  const float limited = kExpMax < y ? kExpMax : y;
  const float shifted = limited * kLog2E + kRoundMagic;
  const float n = shifted - kRoundMagic;
  const float r = (limited - n * kLn2High) - n * kLn2Low;
  float sum = 1.0F;
  for (int i = 7; i > 0; --i) sum = 1.0F + r * sum / static_cast<float>(i);
  const std::uint32_t bias = std::bit_cast<std::uint32_t>(kRoundMagic) - 127U;
  const float scale = std::bit_cast<float>((std::bit_cast<std::uint32_t>(shifted) - bias) << 23U);
  return 1.0F / (1.0F + sum * scale);
}

Rotation rotation(const RotationAt& at) {
  const double frequency = exp_of(0.0 - at.fraction * log_of(static_cast<double>(at.theta)));
  const double angle = static_cast<double>(at.position) * frequency;
  const auto quarter = static_cast<std::uint64_t>(angle / kHalfPi + 0.5);
  const auto n = static_cast<double>(quarter);
  const double r = (angle - n * kHalfPiHigh) - n * kHalfPiLow;
  const double s = sin_series(r);
  const double c = cos_series(r);
  switch (quarter & 3U) {
    case 0: return {static_cast<float>(c), static_cast<float>(s)};
    case 1: return {static_cast<float>(-s), static_cast<float>(c)};
    case 2: return {static_cast<float>(-c), static_cast<float>(-s)};
    default: return {static_cast<float>(s), static_cast<float>(-c)};
  }
}

}  // namespace cambium::model::eval
