#include <fmt/format.h>

#include <algorithm>

#include "cli/command.hpp"

namespace cambium::cli {
namespace {

std::string left_of(const Flag& flag) {
  const char* again = flag.times == Flag::Times::many ? "..." : "";
  return "--" + flag.name + (flag.value.empty() ? "" : " " + flag.value) + again;
}

void add_rows(std::string& out, const std::vector<std::pair<std::string, std::string>>& rows) {
  std::size_t width = 0;
  for (const auto& [left, right] : rows) width = std::max(width, left.size());
  for (const auto& [left, right] : rows) {
    out += fmt::format("  {:<{}}  {}\n", left, width, right);
  }
}

std::string choices_of(const Flag& flag) {
  return flag.choices.empty() ? "" : fmt::format(" ({})", fmt::join(flag.choices, ", "));
}

}  // namespace

const std::vector<Flag>& common_flags() {
  static const std::vector<Flag> kFlags = {
      {"home", "DIR", "the node's folder; CAMBIUM_HOME, else ~/.cambium"},
      {"node", "URL", "the node to ask; CAMBIUM_NODE, else the one of the home's settings"},
      {"json", "", "machine-readable results, one JSON value a line"},
      {"help", "", "this text"}};
  return kFlags;
}

std::string usage_of(const Command& command) {
  std::string out = "cambium " + command.path;
  for (const auto& argument : command.arguments) {
    switch (argument.count) {
      case Argument::Count::one: out += fmt::format(" <{}>", argument.name); break;
      case Argument::Count::optional: out += fmt::format(" [{}]", argument.name); break;
      case Argument::Count::many: out += fmt::format(" [{}...]", argument.name); break;
    }
  }
  for (const auto& flag : command.flags) out += fmt::format(" [{}]", left_of(flag));
  return out;
}

std::string help_of(const Command& command) {
  std::string out = fmt::format("{}.\n\nUsage: {}\n", command.summary, usage_of(command));
  std::vector<std::pair<std::string, std::string>> rows;
  for (const auto& argument : command.arguments) rows.emplace_back(argument.name, argument.help);
  if (!rows.empty()) out += "\nWords:\n";
  add_rows(out, rows);
  rows.clear();
  for (const auto* flags : {&command.flags, &common_flags()}) {
    for (const auto& flag : *flags) rows.emplace_back(left_of(flag), flag.help + choices_of(flag));
  }
  out += "\nOptions:\n";
  add_rows(out, rows);
  return out + fmt::format("\nExample:\n  {}\n", command.example);
}

std::string overview(std::string_view prefix) {
  std::vector<std::pair<std::string, std::string>> rows;
  for (const auto& command : all_commands()) {
    const bool in = command.path.starts_with(std::string(prefix) + " ");
    if (in) rows.emplace_back(command.path, command.summary);
    if (!prefix.empty()) continue;
    // All of them: a verb a line, but the verbs of one noun together.
    const auto space = command.path.find(' ');
    const auto noun = command.path.substr(0, space);
    const auto verb = space == std::string::npos ? command.summary : command.path.substr(space + 1);
    const bool more = space != std::string::npos && !rows.empty() && rows.back().first == noun;
    if (more) rows.back().second += ", " + verb;
    else rows.emplace_back(noun, verb);
  }
  std::string out = "Usage: cambium <command> [options]\n\nCommands:\n";
  add_rows(out, rows);
  return out + "\n`cambium <command> --help` explains one, with an example. "
               "Exit codes: 0 done, 1 failed, 2 misused.\n";
}

}  // namespace cambium::cli
