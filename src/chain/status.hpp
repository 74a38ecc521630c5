// Every way a transaction can end. Names and numbers are part of the API.
#pragma once

#include <cstdint>
#include <span>
#include <string_view>

namespace cambium::chain {

/// Bands: ok 0; malformed 100-199; retry 200-299; failed with fee 300 and above.
enum class TxStatus : std::uint16_t {
#define S(name, number, what, advice) name = number,
#include "chain/status_table.inc"
#undef S
};

enum class StatusBand : std::uint8_t { ok, malformed, retry, failed_with_fee };

StatusBand band(TxStatus status);
/// The enumerator's own name: "insufficient_funds".
std::string_view name(TxStatus status);

struct StatusText {
  TxStatus status;
  std::string_view name;
  std::string_view what;    // a clause: what happened
  std::string_view advice;  // what the sender can do about it
};

/// The whole table, by number; SDKs and pages are made from it.
std::span<const StatusText> all_statuses();
/// Nothing known about a number reads as "unknown_status".
const StatusText& explain(TxStatus status);

}  // namespace cambium::chain

/// Leaves a function that returns TxStatus with the first status that is not ok.
#define TRY_TX(expr)                                                                     \
  do {                                                                                   \
    if (const auto tx_status_ = (expr); tx_status_ != ::cambium::chain::TxStatus::ok)    \
      return tx_status_;                                                                 \
  } while (false)
