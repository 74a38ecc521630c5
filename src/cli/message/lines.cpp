#include "cli/message/lines.hpp"

#include <fmt/format.h>
#include <google/protobuf/dynamic_message.h>

#include <algorithm>

#include "base/detail/nearest.hpp"
#include "chain/modules/governance/governance.hpp"
#include "chain/modules/registry.hpp"
#include "cli/message/values.hpp"
#include "cli/message/verb.hpp"
#include "cli/parse.hpp"
#include "schema/canonical.hpp"
#include "schema/json.hpp"

namespace cambium::cli {
namespace {

namespace gov = cambium::governance::v1;
using google::protobuf::FieldDescriptor;

/// The kind of action that a word names: "emergency-mint" or "emergency_mint".
const FieldDescriptor* kind_named(std::string word) {
  std::ranges::replace(word, '-', '_');
  const auto* field = gov::Action::descriptor()->FindFieldByName(word);
  return field == nullptr || field->message_type() == nullptr ? nullptr : field;
}

/// An action as a verb: its list as words, or else all its fields in their order.
Command action_command(const FieldDescriptor& kind, const std::vector<Leaf>& all) {
  Command command{shown_name(kind.name()), "An action of a proposal", "", {}, {}, {}, {}};
  const bool list = std::ranges::any_of(all, [](const Leaf& l) { return l.field().is_repeated(); });
  for (const auto& leaf : all) {
    if (leaf.field().is_repeated()) {
      command.arguments.push_back(argument_of(leaf, Argument::Count::many));
    } else if (list) {
      command.flags.push_back(flag_of(leaf));
    } else {
      command.arguments.push_back(argument_of(leaf, Argument::Count::optional));
    }
  }
  return command;
}

/// "staking.max_validators" in the first of two words.
Status split_param(gov::ParamChange& change) {
  const auto dot = change.module().find('.');
  if (dot == std::string::npos) return {};
  if (!change.value_json().empty()) {
    return fail(ErrorCode::invalid_input, "A parameter is written module.field and its value.");
  }
  change.set_value_json(change.field());
  change.set_field(change.module().substr(dot + 1));
  change.set_module(change.module().substr(0, dot));
  return {};
}

/// The value as the module's own parameters say it is written: "14d" for a time in milliseconds.
Status type_param(Invocation& call, gov::ParamChange& change) {
  TRY_STATUS(split_param(change));
  const auto& modules = chain::all_modules();
  const auto module = std::ranges::find(modules, change.module(), &chain::Module::name);
  if (module == modules.end() || module->params.record == nullptr) {
    return fail(ErrorCode::not_found,
                fmt::format("There is no module `{}` with parameters; `cambium gov params` lists "
                            "them.", change.module()));
  }
  std::vector<std::string> known;
  std::string shown = change.field();
  std::ranges::replace(shown, '_', '-');
  for (const auto& leaf : leaves(*module->params.record)) {
    known.push_back(leaf.key);
    if (leaf.key != change.field() && leaf.shown != shown) continue;
    google::protobuf::DynamicMessageFactory factory;
    const std::unique_ptr<google::protobuf::Message> record(
        factory.GetPrototype(module->params.record)->New());
    TRY_STATUS(put_text(call, *record, leaf, change.value_json()));
    const auto json = Json::parse(schema::to_json(*record), nullptr, false);
    change.set_field(leaf.key);
    change.set_value_json(json.at(Json::json_pointer("/" + leaf.key)).dump());
    return {};
  }
  return fail(ErrorCode::not_found,
              fmt::format("The module {} has no parameter `{}`; did you mean `{}`?",
                          change.module(), change.field(), detail::nearest(change.field(), known)));
}

Result<gov::Action> action_of_kind(Invocation& call, const FieldDescriptor& kind,
                                   std::span<const std::string> words) {
  const auto all = leaves(*kind.message_type());
  const Command command = action_command(kind, all);
  TRY(auto parsed, parse_as(command, words));
  auto inner = call.inner(std::move(parsed));
  gov::Action action;
  TRY_STATUS(fill(inner, all, *action.GetReflection()->MutableMessage(&action, &kind)));
  if (action.has_param()) TRY_STATUS(type_param(call, *action.mutable_param()));
  if (action.has_adjust_rewards()) {
    for (auto& change : *action.mutable_adjust_rewards()->mutable_params()) {
      TRY_STATUS(type_param(call, change));
    }
  }
  return action;
}

std::string kinds() {
  std::string out;
  const auto* type = gov::Action::descriptor();
  for (int i = 0; i < type->field_count(); ++i) {
    if (type->field(i)->message_type() == nullptr) continue;
    out += (out.empty() ? "" : ", ") + shown_name(type->field(i)->name());
  }
  return out;
}

}  // namespace

Flag do_flag() {
  return {"do", "LINE", "what it does when it passes: a verb that sends a message, without "
                        "`cambium`, in quotes", {}, Flag::Times::many};
}

Result<std::vector<std::string>> split_line(const std::string& line) {
  std::vector<std::string> words;
  std::string word;
  bool inside = false;
  char quote = '\0';
  for (const char c : line) {
    if (quote != '\0') {
      if (c == quote) quote = '\0';
      else word += c;
    } else if (c == '"' || c == '\'') {
      quote = c;
      inside = true;
    } else if (c == ' ' || c == '\t' || c == '\n') {
      if (inside) words.push_back(std::exchange(word, {}));
      inside = false;
    } else {
      word += c;
      inside = true;
    }
  }
  if (quote != '\0') {
    return fail(ErrorCode::invalid_input, fmt::format("`{}` opens a quote and never closes it.",
                                                      line));
  }
  if (inside) words.push_back(word);
  return words;
}

Result<client::TxMsg> message_of_line(Invocation& call, const std::string& line,
                                      std::string_view sender) {
  TRY(const auto words, split_line(line));
  TRY(auto parsed, parse(words));
  if (parsed.command == nullptr || !parsed.command->build) {
    return fail(ErrorCode::invalid_input,
                fmt::format("`{}` sends no message, so no proposal can do it; take a verb that "
                            "does, such as `tx send alice 5`, or one of: {}.", line, kinds()));
  }
  auto inner = call.inner(std::move(parsed));
  client::TxMsg out;
  TRY_STATUS(inner.command().build(inner, sender, out));
  return out;
}

Result<gov::Action> action_of_line(Invocation& call, const std::string& line) {
  TRY(const auto words, split_line(line));
  const auto* kind = words.empty() ? nullptr : kind_named(words.front());
  if (kind != nullptr) return action_of_kind(call, *kind, std::span(words).subspan(1));
  TRY(const auto msg,
      message_of_line(call, line, to_string(chain::governance::governance_account())));
  gov::Action action;
  action.set_message(to_string(schema::encode(msg)));
  return action;
}

}  // namespace cambium::cli
