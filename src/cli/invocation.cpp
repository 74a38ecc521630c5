#include "cli/invocation.hpp"

#include <fmt/format.h>

#include <charconv>

namespace cambium::cli {

std::optional<std::string> Invocation::flag(std::string_view name) const {
  const auto found = words_.flags.find(std::string(name));
  if (found == words_.flags.end()) return std::nullopt;
  return found->second;
}

std::string Invocation::flag_or(std::string_view name, std::string fallback) const {
  return flag(name).value_or(std::move(fallback));
}

std::vector<std::string> Invocation::every(std::string_view name) const {
  const auto found = words_.every.find(std::string(name));
  return found == words_.every.end() ? std::vector<std::string>{} : found->second;
}

Invocation Invocation::inner(Words words) const {
  for (const char* shared : {"home", "node", "chain"}) {
    if (const auto value = flag(shared)) words.flags.emplace(shared, *value);
  }
  return Invocation(std::move(words), console, environment);
}

Result<std::uint64_t> Invocation::whole(std::string_view name, std::uint64_t fallback) const {
  const auto text = flag(name);
  if (!text) return fallback;
  std::uint64_t value = 0;
  const auto [end, error] = std::from_chars(text->data(), text->data() + text->size(), value);
  if (error == std::errc() && end == text->data() + text->size()) return value;
  return fail(ErrorCode::invalid_input,
              fmt::format("--{} must be a whole number, not `{}`.", name, *text));
}

std::string Invocation::argument(std::string_view name) const {
  const auto found = words_.arguments.find(std::string(name));
  return found == words_.arguments.end() ? "" : found->second;
}

std::optional<std::string> Invocation::variable(const std::string& name) const {
  const auto found = environment.find(name);
  if (found == environment.end()) return std::nullopt;
  return found->second;
}

}  // namespace cambium::cli
