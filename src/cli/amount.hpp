// Amounts of money as people type them.
#pragma once

#include <string_view>

#include "base/amount.hpp"
#include "base/result.hpp"

namespace cambium::cli {

/// "12.5" (CBM, at most six decimals) or "12500000ucbm"; exact.
Result<Amount> parse_amount(std::string_view text);

}  // namespace cambium::cli
