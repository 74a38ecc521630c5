// The light first gate (L0) on samples: length, characters, exact duplicates.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <unordered_set>
#include <vector>

#include "base/ids.hpp"

namespace cambium::data {

inline constexpr std::size_t kMinSampleBytes = 20;
inline constexpr std::size_t kMaxSampleBytes = 2048;

enum class SampleVerdict : std::uint8_t { accepted, too_short, too_long, not_text, duplicate };
std::string_view name(SampleVerdict verdict);

struct QualityReport {
  std::uint64_t accepted = 0;
  std::uint64_t too_short = 0;
  std::uint64_t too_long = 0;
  std::uint64_t not_text = 0;
  std::uint64_t duplicates = 0;
};

/// Judges samples one after another; remembers what it has accepted.
class QualityGate {
 public:
  SampleVerdict judge(std::string_view sample);
  const QualityReport& report() const { return report_; }

 private:
  std::unordered_set<Hash> seen_;
  QualityReport report_;
};

/// Cuts a text at empty lines and joins neighbours up to 1024 bytes; a paragraph longer than the
/// limit is cut at a sentence or a space.
std::vector<std::string> samples_of(std::string_view text);

}  // namespace cambium::data
