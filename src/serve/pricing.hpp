// What a request costs, exact in integers: fixed when it starts, the same whoever adds it up.
#pragma once

#include <cstdint>
#include <string>

#include "base/amount.hpp"
#include "base/result.hpp"

namespace cambium::serve {

/// Base prices: 0.01 CBM per 1000 input tokens, 0.02 per 1000 output tokens.
inline constexpr std::uint64_t kInputUcbmPerToken = 10;
inline constexpr std::uint64_t kOutputUcbmPerToken = 20;

/// Allowed factors, in 10^-9.
inline constexpr Ratio kLoadMin{800'000'000}, kLoadMax{2'000'000'000};
inline constexpr Ratio kQualityMin{900'000'000}, kQualityMax{1'300'000'000};

/// What the price of one request depends on.
struct PriceFactors {
  Ratio load{kNano};             // clamped to 0.8 .. 2.0
  Ratio quality{kNano};          // clamped to 0.9 .. 1.3
  Ratio credits_per_cbm{kNano};  // the gateway's posted rate
};

/// Tokens a request has used so far.
struct TokenCount {
  std::uint64_t input = 0;
  std::uint64_t output = 0;
};

/// Money in 10^-6 credits.
struct MicroCredits {
  std::uint64_t value = 0;
  auto operator<=>(const MicroCredits&) const = default;
};

/// "0.001234": credits with six decimals, as every page and event shows them.
std::string to_text(MicroCredits amount);

/// The prices of one request. Costs are floors of a running total, so that the costs of its tokens
/// sum exactly to the cost of the whole and no rounding adds up (error below 10^-6 credits).
class PriceList {
 public:
  /// Fails when the posted rate is beyond 10^6 credits per CBM.
  static Result<PriceList> make(const PriceFactors& factors);

  MicroCredits input_cost(std::uint64_t tokens) const { return floor_of(input_, tokens); }
  MicroCredits output_cost(std::uint64_t tokens) const { return floor_of(output_, tokens); }
  MicroCredits total(const TokenCount& count) const;
  /// What the output token of that index (from 0) adds.
  MicroCredits output_token(std::uint64_t index) const;

 private:
  // Prices per token in 10^-9 of a micro-credit.
  PriceList(std::uint64_t input, std::uint64_t output) : input_(input), output_(output) {}
  static MicroCredits floor_of(std::uint64_t nano_price, std::uint64_t tokens);
  std::uint64_t input_;
  std::uint64_t output_;
};

/// The load factor for `busy` of `slots` in use: 0.8 when idle, 2.0 when full.
struct Occupancy {
  std::uint64_t busy = 0;
  std::uint64_t slots = 1;
};
Ratio load_factor(const Occupancy& occupancy);

/// 0.9 .. 1.3 from the mean accepted gain of the model's contributed experts (10^-9 nats/token):
/// 1.0 for none, +0.1 for each 0.1 nats.
Ratio quality_factor(std::uint64_t mean_gain_nano);

}  // namespace cambium::serve
