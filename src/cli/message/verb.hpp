// A verb that sends one kind of message, described in a line: everything else about it (its words,
// options, help, completion) follows from the message's descriptor.
#pragma once

#include "cli/command.hpp"
#include "cli/message/fields.hpp"

namespace cambium::cli {

/// Help for one field in place of what its type alone says.
struct FieldNote {
  std::string key;  // "validator", "commission.rate_nano"
  std::string help;
};

struct MessageVerb {
  std::string path;                      // "stake delegate"
  std::string summary;
  std::string example;
  std::string type;                      // "staking.Delegate"
  std::vector<std::string> words = {};   // fields given as words; "x?" may be left out, "x*" is
                                         // as many as there are
  std::vector<FieldNote> notes = {};
  std::vector<std::string> open = {};    // messages inside whose fields need no prefix
  std::vector<std::string> hidden = {};  // fields that `finish` fills in
  std::vector<Flag> flags = {};          // options of `finish`
  /// What descriptors cannot say; runs last.
  std::function<Status(Invocation&, google::protobuf::Message&)> finish = {};
};

Command message_command(MessageVerb verb);

/// Fills `message` from the words and options of a call that was parsed for these leaves.
Status fill(Invocation& call, const std::vector<Leaf>& leaves, google::protobuf::Message& message);

/// The word or option of a leaf.
Argument argument_of(const Leaf& leaf, Argument::Count count);
Flag flag_of(const Leaf& leaf);

}  // namespace cambium::cli
