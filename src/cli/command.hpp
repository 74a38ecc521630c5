// A command as data: parsing, help, completion and docs/cli.md all come from this one description.
#pragma once

#include <functional>
#include <string>
#include <string_view>
#include <vector>

#include "base/result.hpp"

namespace cambium::tx::v1 {
class Msg;
}

namespace cambium::cli {

class Invocation;

/// A word after the command's name.
struct Argument {
  enum class Count : std::uint8_t { one, optional, many };
  std::string name;  // "name"
  std::string help;
  Count count = Count::one;
};

/// --name, or --name VALUE when `value` is not empty.
struct Flag {
  std::string name;   // without the dashes
  std::string value;  // "DIR"; empty for a switch
  std::string help;
  std::vector<std::string> choices = {};  // allowed values; empty allows any
  enum class Times : std::uint8_t { once, many };
  Times times = Times::once;  // how often it may be given
};

struct Command {
  std::string path;     // "key make"
  std::string summary;  // one sentence without a full stop
  std::string example;  // a line that works on a running node
  std::vector<Argument> arguments = {};
  std::vector<Flag> flags = {};
  std::function<Status(Invocation&)> run;
  /// Verbs that send a message: the message as this account (20 bytes) would send it, for sending,
  /// for printing, and for proposals that store it.
  std::function<Status(Invocation&, std::string_view sender, tx::v1::Msg& out)> build = {};
};

/// What every command takes: --home, --node, --json, --help.
const std::vector<Flag>& common_flags();

/// Every command, in the order in which help lists them. A new one is its file and one line here.
const std::vector<Command>& all_commands();

/// "cambium key make NAME [--type TYPE]"
std::string usage_of(const Command& command);
/// What --help prints of one command.
std::string help_of(const Command& command);
/// The commands that begin with these words, one line each; all of them for an empty prefix.
std::string overview(std::string_view prefix);

}  // namespace cambium::cli
