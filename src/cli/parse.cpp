#include "cli/parse.hpp"

#include <fmt/format.h>

#include <algorithm>

#include "base/detail/nearest.hpp"

namespace cambium::cli {
namespace {

tl::unexpected<Error> misuse(std::string what) {
  return fail(ErrorCode::invalid_input, std::move(what));
}

std::string meant(std::string_view word, const std::vector<std::string>& known) {
  const std::string near = similar(word, known);
  return near.empty() ? "." : fmt::format("; did you mean `{}`?", near);
}

/// The command with the longest path that the words begin with, and how many words that took.
struct Found {
  const Command* command = nullptr;
  std::size_t words = 0;
};

Found find_command(std::span<const std::string> words) {
  std::string path;
  Found best;
  for (std::size_t i = 0; i < words.size() && i < 3; ++i) {
    path += (i == 0 ? "" : " ") + words[i];
    for (const auto& command : all_commands()) {
      if (command.path == path) best = {&command, i + 1};
    }
  }
  return best;
}

bool is_group(std::string_view word) {
  return std::any_of(all_commands().begin(), all_commands().end(), [&](const Command& c) {
    return c.path.starts_with(std::string(word) + " ");
  });
}

std::vector<std::string> second_words(std::string_view group) {
  std::vector<std::string> out;
  for (const auto& command : all_commands()) {
    if (!command.path.starts_with(std::string(group) + " ")) continue;
    out.push_back(command.path.substr(group.size() + 1));
  }
  return out;
}

Result<Words> no_command(std::span<const std::string> words) {
  Words out;
  const std::string& first = words.front();
  if (words.size() == 1 && (first == "help" || is_group(first))) {
    out.help = true;
    return out;
  }
  if (is_group(first)) {
    const auto& second = words[1];
    if (second == "--help" || second == "-h") {
      out.help = true;
      return out;
    }
    return misuse(fmt::format("`cambium {}` has no command `{}`{} `cambium {} --help` lists them.",
                              first, second, meant(second, second_words(first)), first));
  }
  std::vector<std::string> known;
  for (const auto& command : all_commands()) {
    known.push_back(command.path.substr(0, command.path.find(' ')));
  }
  return misuse(fmt::format("There is no command `{}`{} `cambium --help` lists them.", first,
                            meant(first, known)));
}

class Reader {
 public:
  Reader(const Command& command, std::span<const std::string> words)
      : command_(command), words_(words) {
    out_.command = &command;
  }

  Result<Words> read() {
    bool plain = false;  // after "--" nothing is a flag
    while (at_ < words_.size()) {
      const std::string& word = words_[at_++];
      if (plain || word.size() < 2 || word[0] != '-') {
        TRY_STATUS(argument(word));
      } else if (word == "--") {
        plain = true;
      } else if (word == "-h" || word == "--help") {
        out_.help = true;
        return out_;
      } else {
        TRY_STATUS(flag(word));
      }
    }
    TRY_STATUS(complete());
    return out_;
  }

 private:
  const Flag* find(std::string_view name) const {
    for (const auto* flags : {&command_.flags, &common_flags()}) {
      for (const auto& flag : *flags) {
        if (flag.name == name) return &flag;
      }
    }
    return nullptr;
  }

  std::vector<std::string> flag_names() const {
    std::vector<std::string> out;
    for (const auto* flags : {&command_.flags, &common_flags()}) {
      for (const auto& flag : *flags) out.push_back("--" + flag.name);
    }
    return out;
  }

  Status flag(const std::string& word) {
    const auto equals = word.find('=');
    const std::string dashed = word.substr(0, equals);
    const Flag* flag = dashed.starts_with("--") ? find(dashed.substr(2)) : nullptr;
    if (flag == nullptr) {
      return misuse(fmt::format("`cambium {}` has no option `{}`{} `cambium {} --help` lists them.",
                                command_.path, dashed, meant(dashed, flag_names()),
                                command_.path));
    }
    std::string value = "true";
    if (flag->value.empty()) {
      if (equals != std::string::npos) {
        return misuse(fmt::format("--{} is a switch and takes no value.", flag->name));
      }
    } else if (equals != std::string::npos) {
      value = word.substr(equals + 1);
    } else if (at_ < words_.size()) {
      value = words_[at_++];
    } else {
      return misuse(fmt::format("--{} needs a value: --{} {}.", flag->name, flag->name,
                                flag->value));
    }
    return keep(*flag, std::move(value));
  }

  Status keep(const Flag& flag, std::string value) {
    const auto& choices = flag.choices;
    if (!choices.empty() && std::find(choices.begin(), choices.end(), value) == choices.end()) {
      return misuse(fmt::format("--{} is one of {}, not `{}`.", flag.name,
                                fmt::join(choices, ", "), value));
    }
    if (flag.times == Flag::Times::many) out_.every[flag.name].push_back(value);
    out_.flags[flag.name] = std::move(value);
    return {};
  }

  Status argument(const std::string& word) {
    if (next_ >= command_.arguments.size()) {
      return misuse(fmt::format("`{}` is one word too many. Usage: {}", word,
                                usage_of(command_)));
    }
    const auto& argument = command_.arguments[next_];
    if (argument.count == Argument::Count::many) {
      out_.rest.push_back(word);
      return {};
    }
    out_.arguments[argument.name] = word;
    ++next_;
    return {};
  }

  Status complete() const {
    for (const auto& argument : command_.arguments) {
      if (argument.count == Argument::Count::one && !out_.arguments.contains(argument.name)) {
        return misuse(fmt::format("{} is missing: {}. Usage: {}", argument.name, argument.help,
                                  usage_of(command_)));
      }
    }
    return {};
  }

  const Command& command_;
  std::span<const std::string> words_;
  std::size_t at_ = 0;
  std::size_t next_ = 0;  // argument to fill
  Words out_;
};

}  // namespace

std::string similar(std::string_view word, const std::vector<std::string>& known) {
  const std::string near = detail::nearest(word, known);
  // Two letters changing places are two changes.
  const std::size_t far = word.size() < 4 ? 1 : std::max<std::size_t>(2, word.size() / 3);
  return detail::edit_distance(word, near) <= far ? near : "";
}

Result<Words> parse_as(const Command& command, std::span<const std::string> words) {
  return Reader(command, words).read();
}

Result<Words> parse(std::span<const std::string> words) {
  if (words.empty() || words.front() == "--help" || words.front() == "-h") {
    Words out;
    out.help = true;
    return out;
  }
  const Found found = find_command(words);
  if (found.command == nullptr) return no_command(words);
  return Reader(*found.command, words.subspan(found.words)).read();
}

}  // namespace cambium::cli
