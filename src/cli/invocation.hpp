// One call of a command: what was typed, where to write, and the environment it runs in.
#pragma once

#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "base/clock.hpp"
#include "base/config.hpp"
#include "base/random.hpp"
#include "cli/command.hpp"
#include "cli/console.hpp"

namespace cambium::cli {

/// What was typed, checked against the command's description.
struct Words {
  const Command* command = nullptr;
  std::map<std::string, std::string> flags;       // switches hold "true"; the last one given
  std::map<std::string, std::vector<std::string>> every;  // of flags that may come many times
  std::map<std::string, std::string> arguments;   // by name
  std::vector<std::string> rest;                  // of an argument that takes many
  bool help = false;
};

class Invocation {
 public:
  Invocation(Words words, Console& console, Environment environment)
      : console(console), environment(std::move(environment)), words_(std::move(words)) {}

  const Command& command() const { return *words_.command; }
  /// Another call in the same surroundings: its words, this one's home, node and chain.
  Invocation inner(Words words) const;
  bool has(std::string_view flag) const { return words_.flags.contains(std::string(flag)); }
  bool json() const { return has("json"); }
  /// The flag's value, when it was given.
  std::optional<std::string> flag(std::string_view name) const;
  std::string flag_or(std::string_view name, std::string fallback) const;
  /// Every value of a flag that may be given many times.
  std::vector<std::string> every(std::string_view name) const;
  /// `invalid_input` when it is not a whole number.
  Result<std::uint64_t> whole(std::string_view name, std::uint64_t fallback) const;
  /// The argument's value; empty when it is optional and was left out.
  std::string argument(std::string_view name) const;
  const std::vector<std::string>& rest() const { return words_.rest; }
  /// An environment variable of the CAMBIUM_ family.
  std::optional<std::string> variable(const std::string& name) const;

  Console& console;
  Environment environment;
  SystemClock clock;
  SystemRandom random;

 private:
  Words words_;
};

}  // namespace cambium::cli
