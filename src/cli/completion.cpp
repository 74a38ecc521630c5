#include "cli/completion.hpp"

#include <fmt/format.h>

#include <map>
#include <set>

#include "cli/command.hpp"

namespace cambium::cli {
namespace {

/// What may follow each beginning of a command line: next words, or the options of a command.
std::map<std::string, std::set<std::string>> followers() {
  std::map<std::string, std::set<std::string>> out;
  for (const auto& command : all_commands()) {
    std::string before;
    std::string rest = command.path;
    while (!rest.empty()) {
      const auto space = std::min(rest.find(' '), rest.size());
      const std::string word = rest.substr(0, space);
      out[before].insert(word);
      before += (before.empty() ? "" : " ") + word;
      rest.erase(0, space + 1);
    }
    for (const auto* flags : {&command.flags, &common_flags()}) {
      for (const auto& flag : *flags) out[command.path].insert("--" + flag.name);
    }
  }
  return out;
}

// The words before the cursor that are no options make the beginning; the longest known one wins.
constexpr std::string_view kBash = R"(# bash completion for cambium
_cambium() {{
  local current=${{COMP_WORDS[COMP_CWORD]}} path="" word i
  for ((i = 1; i < COMP_CWORD; i++)); do
    word=${{COMP_WORDS[i]}}
    case "$path $word" in
{paths}    esac
  done
  local words=""
  case "$path" in
{cases}  esac
  COMPREPLY=($(compgen -W "$words" -- "$current"))
}}
complete -o default -F _cambium cambium
)";

std::string bash() {
  std::string paths;
  std::string cases;
  for (const auto& [path, words] : followers()) {
    const std::string shown = path.empty() ? "" : " " + path;
    if (!path.empty()) paths += fmt::format("      \"{}\") path=\"{}\" ;;\n", shown, shown);
    cases += fmt::format("    \"{}\") words=\"{}\" ;;\n", shown, fmt::join(words, " "));
  }
  return fmt::format(fmt::runtime(kBash), fmt::arg("paths", paths), fmt::arg("cases", cases));
}

std::string zsh() {
  return "#compdef cambium\nautoload -U +X bashcompinit && bashcompinit\n" + bash();
}

/// fish quotes by doubling backslashes before single quotes.
std::string in_quotes(std::string_view text) {
  std::string out = "'";
  for (const char c : text) {
    if (c == '\'' || c == '\\') out += '\\';
    out += c;
  }
  return out + "'";
}

std::string fish() {
  std::string out = "# fish completion for cambium\ncomplete -c cambium -f\n";
  for (const auto& command : all_commands()) {
    const auto space = command.path.find(' ');
    const std::string first = command.path.substr(0, space);
    if (space == std::string::npos) {
      out += fmt::format("complete -c cambium -n __fish_use_subcommand -a {} -d {}\n", first,
                         in_quotes(command.summary));
    } else {
      out += fmt::format("complete -c cambium -n __fish_use_subcommand -a {}\n", first);
      out += fmt::format("complete -c cambium -n '__fish_seen_subcommand_from {}' -a {} -d {}\n",
                         first, command.path.substr(space + 1), in_quotes(command.summary));
    }
    for (const auto& flag : command.flags) {
      out += fmt::format("complete -c cambium -n '__fish_seen_subcommand_from {}' -l {}{} -d {}\n",
                         first, flag.name, flag.value.empty() ? "" : " -r", in_quotes(flag.help));
    }
  }
  for (const auto& flag : common_flags()) {
    out += fmt::format("complete -c cambium -l {}{} -d {}\n", flag.name,
                       flag.value.empty() ? "" : " -r", in_quotes(flag.help));
  }
  return out;
}

}  // namespace

Result<std::string> completion_script(std::string_view shell) {
  if (shell == "bash") return bash();
  if (shell == "zsh") return zsh();
  if (shell == "fish") return fish();
  return fail(ErrorCode::invalid_input,
              fmt::format("There is no completion for `{}`; choose bash, zsh or fish.", shell));
}

std::string manual() {
  std::string out =
      "# The `cambium` command\n\n"
      "This page is written by `cambium manual`; a test checks that it is current. Results go to\n"
      "stdout, talk goes to stderr. `--json` prints one JSON value a line. Exit codes: 0 done,\n"
      "1 failed, 2 misused; every failure is one sentence that says what to do.\n";
  for (const auto& command : all_commands()) {
    out += fmt::format("\n## cambium {}\n\n```\n{}```\n", command.path, help_of(command));
  }
  return out;
}

}  // namespace cambium::cli
