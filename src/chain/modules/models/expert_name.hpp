// Names of blocks: "layer<L>.expert<E>" for experts, lower-case dotted words for the rest.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

namespace cambium::chain::models {

/// The place of an expert in a model. Contributed experts have numbers from the anchor's count on.
struct ExpertName {
  std::uint32_t layer = 0;
  std::uint32_t expert = 0;
  auto operator<=>(const ExpertName&) const = default;

  std::string text() const;
  /// Nothing unless `text` is the one spelling of a name: no leading zeros, no signs.
  static std::optional<ExpertName> parse(std::string_view text);
};

/// 1 to 64 bytes of a-z, 0-9, '.', '_' and '-': what models, blocks and slices may be called.
bool well_named(std::string_view text);

/// Names sort by layer, then as text, so that a list reads in the order a model computes.
/// The sort key is stored; it is also the order of the leaves under an index root.
std::string sort_key(std::string_view name);

}  // namespace cambium::chain::models
