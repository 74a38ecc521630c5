// Experts are named layer<L>.expert<E>, everywhere: blocks, routes, receipts, pages.
#pragma once

#include <compare>
#include <cstdint>
#include <string>
#include <string_view>

#include "base/result.hpp"
#include "model/architecture.hpp"

namespace cambium::model {

struct ExpertName {
  std::uint32_t layer = 0;
  std::uint32_t expert = 0;  // below Architecture::experts: anchor; otherwise a contributed slot
  auto operator<=>(const ExpertName&) const = default;
};

std::string to_text(const ExpertName& name);

/// Refuses anything but the one canonical spelling ("layer01.expert0" is not a name).
Result<ExpertName> parse_expert_name(std::string_view text);

inline bool is_contributed(const ExpertName& name, const Architecture& architecture) {
  return name.expert >= architecture.experts;
}

}  // namespace cambium::model
