#include "chain/modules/evaluation/statistics.hpp"

#include <array>

namespace cambium::chain::evaluation {
namespace {

constexpr std::uint64_t kMaxSequences = 1u << 20;
constexpr std::uint64_t kMaxMean = 100 * kNano;  // 100 nats per token, far above any loss

struct Quantile {
  std::uint32_t degrees;
  std::uint32_t t_micro;  // rounded up
};
// Student's t distribution, upper tail 0.01, from its incomplete beta function.
constexpr auto kQuantiles = std::to_array<Quantile>({
    {1, 31820516},  {2, 6964557},   {3, 4540703},    {4, 3746948},   {5, 3364930},
    {6, 3142669},   {7, 2997952},   {8, 2896460},    {9, 2821438},   {10, 2763770},
    {11, 2718080},  {12, 2680998},  {13, 2650309},   {14, 2624495},  {15, 2602481},
    {16, 2583488},  {17, 2566934},  {18, 2552380},   {19, 2539484},  {20, 2527978},
    {21, 2517649},  {22, 2508325},  {23, 2499867},   {24, 2492160},  {25, 2485108},
    {26, 2478630},  {27, 2472660},  {28, 2467141},   {29, 2462022},  {30, 2457262},
    {40, 2423257},  {50, 2403272},  {60, 2390120},   {80, 2373869},  {100, 2364218},
    {120, 2357825}, {200, 2345138}, {500, 2333829},  {1000, 2330083}, {10000, 2326721},
});

std::int64_t floor_div(std::int64_t a, std::int64_t b) {  // b > 0
  const std::int64_t quotient = a / b;
  return quotient - (a % b < 0 ? 1 : 0);
}

constexpr u128 kOneQ60 = u128(1) << 60;
constexpr u128 kLn2Q60 = 799144290325165978;

}  // namespace

std::uint64_t integer_sqrt(u128 x) {
  u128 root = 0;  // bit by bit: the root of a 128-bit number has at most 64 bits
  for (u128 bit = u128(1) << 63; bit != 0; bit >>= 1) {
    const u128 next = root | bit;
    if (next * next <= x) root = next;
  }
  return std::uint64_t(root);
}

std::uint64_t t_quantile_micro(std::uint64_t degrees) {
  std::uint64_t t = kQuantiles.front().t_micro;
  for (const auto& row : kQuantiles) {
    if (row.degrees > degrees) break;
    t = row.t_micro;
  }
  return t;
}

std::optional<GainBounds> bounds_of(const GainSums& sums) {
  const std::uint64_t n = sums.count;
  if (n < 2 || n > kMaxSequences) return std::nullopt;
  if (sums.sum == INT64_MIN) return std::nullopt;
  const u128 magnitude = u128(sums.sum < 0 ? -sums.sum : sums.sum);
  // With these limits every product below stays under 2^128.
  if (magnitude > u128(n) * kMaxMean) return std::nullopt;
  if (sums.sum_squares > u128(n) * kMaxMean * kMaxMean) return std::nullopt;
  if (u128(n) * sums.sum_squares < magnitude * magnitude) return std::nullopt;

  const u128 spread = u128(n) * sums.sum_squares - magnitude * magnitude;
  const u128 divisor = u128(n) * n * (n - 1);
  const u128 variance_of_mean = spread / divisor + (spread % divisor != 0 ? 1 : 0);
  std::uint64_t error = integer_sqrt(variance_of_mean);
  if (u128(error) * error < variance_of_mean) ++error;
  const u128 product = u128(error) * t_quantile_micro(n - 1);
  const auto margin = std::int64_t(product / 1'000'000 + (product % 1'000'000 != 0 ? 1 : 0));

  GainBounds bounds;
  bounds.mean = floor_div(sums.sum, std::int64_t(n));
  bounds.lower = bounds.mean - margin;
  bounds.upper_harm = margin - bounds.mean;
  return bounds;
}

std::uint64_t ln_ratio_nano(std::uint64_t num, std::uint64_t den) {
  if (den == 0 || num <= den) return 0;
  // num / den = 2^k * m with 1 <= m < 2, and ln m = 2 atanh(y), y = (m-1) / (m+1) < 1/3.
  int k = 0;
  while ((u128(den) << (k + 1)) <= num) ++k;
  const u128 base = u128(den) << k;
  const u128 y = ((num - base) * kOneQ60) / (num + base);
  const u128 y2 = y * y / kOneQ60;
  u128 term = y;
  u128 atanh = 0;
  for (std::uint32_t odd = 1; term != 0; odd += 2) {
    atanh += term / odd;
    term = term * y2 / kOneQ60;
  }
  const u128 ln = kLn2Q60 * u128(k) + 2 * atanh;
  return std::uint64_t(ln * kNano / kOneQ60);
}

}  // namespace cambium::chain::evaluation
