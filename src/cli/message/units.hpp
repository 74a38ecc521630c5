// Spans, moments and shares as people type them.
#pragma once

#include <cstdint>
#include <string_view>

#include "base/clock.hpp"
#include "base/result.hpp"

namespace cambium::cli {

/// Milliseconds: "21d", "2h30m", "90s" and "250ms" are spans; "+3d" is that long from now;
/// "2026-12-24" and "2026-12-24T18:30Z" are moments in UTC; digits alone are milliseconds.
Result<std::int64_t> parse_time_ms(std::string_view text, const Clock& clock);

/// 10^-9: "5%", "0.5%" or "0.05"; exact.
Result<std::uint64_t> parse_share_nano(std::string_view text);

}  // namespace cambium::cli
