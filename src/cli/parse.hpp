// From the words of a command line to a checked call.
#pragma once

#include <span>
#include <string>

#include "cli/invocation.hpp"

namespace cambium::cli {

/// `invalid_input` says which word is wrong, what was probably meant and how to get help. Words
/// without a command (`cambium key`) parse to a null command with `help` set.
Result<Words> parse(std::span<const std::string> words);

/// The words after the name of a command that is already known; it must outlive the result.
Result<Words> parse_as(const Command& command, std::span<const std::string> words);

/// The most similar of `known`, or empty when none is close.
std::string similar(std::string_view word, const std::vector<std::string>& known);

}  // namespace cambium::cli
