// The closest of some known words, for "did you mean".
#pragma once

#include <span>
#include <string>
#include <string_view>

namespace cambium::detail {

/// Changes of one character that turn `a` into `b` (Levenshtein 1966).
std::size_t edit_distance(std::string_view a, std::string_view b);

/// The known word with the smallest distance, the first of equals; empty when there are none.
std::string nearest(std::string_view word, std::span<const std::string> known);

}  // namespace cambium::detail
