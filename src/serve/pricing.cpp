#include "serve/pricing.hpp"

#include <algorithm>

namespace cambium::serve {
namespace {

// More would let 64-bit totals overflow within a long conversation.
constexpr Ratio kMostCreditsPerCbm{1'000'000 * kNano};

// base ucbm * load * quality * rate, in 10^-9 micro-credits; at rate 1 a ucbm is a micro-credit.
std::uint64_t nano_price(std::uint64_t base_ucbm, const PriceFactors& f) {
  u128 price = static_cast<u128>(base_ucbm) * f.load.nano;  // 10^-9
  price = price * f.quality.nano / kNano;
  return static_cast<std::uint64_t>(price * f.credits_per_cbm.nano / kNano);
}

}  // namespace

std::string to_text(MicroCredits amount) {
  std::string fraction = std::to_string(amount.value % 1'000'000);
  fraction.insert(0, 6 - fraction.size(), '0');
  return std::to_string(amount.value / 1'000'000) + "." + fraction;
}

Result<PriceList> PriceList::make(const PriceFactors& factors) {
  if (factors.credits_per_cbm > kMostCreditsPerCbm) {
    return fail(ErrorCode::invalid_input,
                "The posted rate is above 1000000 credits per CBM; post one in whole credits.");
  }
  PriceFactors f = factors;
  f.load = std::clamp(f.load, kLoadMin, kLoadMax);
  f.quality = std::clamp(f.quality, kQualityMin, kQualityMax);
  return PriceList(nano_price(kInputUcbmPerToken, f), nano_price(kOutputUcbmPerToken, f));
}

MicroCredits PriceList::total(const TokenCount& count) const {
  return {input_cost(count.input).value + output_cost(count.output).value};
}

MicroCredits PriceList::output_token(std::uint64_t index) const {
  return {output_cost(index + 1).value - output_cost(index).value};
}

MicroCredits PriceList::floor_of(std::uint64_t nano_price, std::uint64_t tokens) {
  return {static_cast<std::uint64_t>(static_cast<u128>(nano_price) * tokens / kNano)};
}

Ratio load_factor(const Occupancy& occupancy) {
  const std::uint64_t slots = std::max<std::uint64_t>(1, occupancy.slots);
  const std::uint64_t busy = std::min(occupancy.busy, slots);
  return {kLoadMin.nano + (kLoadMax.nano - kLoadMin.nano) / slots * busy};
}

Ratio quality_factor(std::uint64_t mean_gain_nano) {
  return {std::min(kNano + std::min(mean_gain_nano, kNano), kQualityMax.nano)};
}

}  // namespace cambium::serve
