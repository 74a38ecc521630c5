#include "cli/message/verb.hpp"

#include <algorithm>

#include "base/check.hpp"
#include "cli/commands/tx/tx_report.hpp"
#include "cli/message/values.hpp"

namespace cambium::cli {
namespace {

using google::protobuf::FieldDescriptor;
using google::protobuf::Message;

void name_help(const MessageVerb& verb, const Leaf& leaf, std::string& help) {
  const auto note = std::ranges::find(verb.notes, leaf.key, &FieldNote::key);
  if (note != verb.notes.end()) help = note->help;
}

const Leaf& leaf_named(const std::vector<Leaf>& all, const std::string& key) {
  const auto found = std::ranges::find(all, key, &Leaf::key);
  CHECK(found != all.end(), "a verb names a field that its message lacks");
  return *found;
}

Argument word_of(const MessageVerb& verb, const std::vector<Leaf>& all, std::string key) {
  auto count = Argument::Count::one;
  if (key.ends_with('?')) count = Argument::Count::optional;
  if (key.ends_with('*')) count = Argument::Count::many;
  if (count != Argument::Count::one) key.pop_back();
  const Leaf& leaf = leaf_named(all, key);
  auto argument = argument_of(leaf, count);
  name_help(verb, leaf, argument.help);
  return argument;
}

bool is_word(const MessageVerb& verb, const Leaf& leaf) {
  return std::ranges::any_of(verb.words, [&](const std::string& word) {
    return word == leaf.key || word == leaf.key + "?" || word == leaf.key + "*";
  });
}

bool is_hidden(const MessageVerb& verb, const Leaf& leaf) {
  return std::ranges::any_of(verb.hidden, [&](const std::string& key) {
    return leaf.key == key || leaf.key.starts_with(key + ".");
  });
}

Status put_many(Invocation& call, Message& message, const Leaf& leaf) {
  auto texts = call.every(leaf.shown);
  const auto* many = &call.command().arguments;
  const bool rest = !many->empty() && many->back().name == leaf.shown &&
                    many->back().count == Argument::Count::many;
  if (rest) texts = call.rest();
  for (const auto& text : texts) TRY_STATUS(put_text(call, message, leaf, text));
  return {};
}

}  // namespace

Argument argument_of(const Leaf& leaf, Argument::Count count) {
  return {leaf.shown, meaning_of(leaf.field()), count};
}

Flag flag_of(const Leaf& leaf) {
  const auto& field = leaf.field();
  Flag flag{leaf.shown, value_of(field), meaning_of(field), choices_of(field)};
  if (!flag.choices.empty()) flag.help = "which";
  if (field.type() == FieldDescriptor::TYPE_BOOL) flag.help = "as the name says";
  if (field.is_repeated()) flag.times = Flag::Times::many;
  return flag;
}

Status fill(Invocation& call, const std::vector<Leaf>& leaves, Message& message) {
  for (const auto& leaf : leaves) {
    if (leaf.field().is_repeated()) {
      TRY_STATUS(put_many(call, message, leaf));
      continue;
    }
    std::string text = call.argument(leaf.shown);
    if (text.empty()) text = call.flag_or(leaf.shown, "");
    if (!text.empty()) TRY_STATUS(put_text(call, message, leaf, text));
  }
  put_in_order(message);
  return {};
}

Command message_command(MessageVerb verb) {
  const auto type = client::message_type(verb.type);
  CHECK(type, "a verb names a message that there is not");
  const auto all = leaves(**type, verb.open);
  Command command{verb.path, verb.summary, verb.example, {}, {}, {}, {}};
  for (const auto& word : verb.words) command.arguments.push_back(word_of(verb, all, word));
  std::vector<Leaf> filled;
  for (const auto& leaf : all) {
    if (is_hidden(verb, leaf)) continue;
    filled.push_back(leaf);
    if (is_word(verb, leaf)) continue;
    Flag flag = flag_of(leaf);
    name_help(verb, leaf, flag.help);
    command.flags.push_back(std::move(flag));
  }
  for (const auto& flag : verb.flags) command.flags.push_back(flag);
  for (auto& flag : sending_flags()) command.flags.push_back(std::move(flag));
  command.build = [verb, filled](Invocation& call, std::string_view sender,
                                 client::TxMsg& out) -> Status {
    TRY(out, client::make_message({verb.type, "{}"}, sender));
    Message* message = client::chosen_message(out);
    TRY_STATUS(fill(call, filled, *message));
    return verb.finish ? verb.finish(call, *message) : Status{};
  };
  command.run = send_built;
  return command;
}

}  // namespace cambium::cli
