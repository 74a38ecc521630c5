#include <fmt/format.h>

#include "cli/commands.hpp"
#include "cli/node_link.hpp"
#include "cli/render.hpp"

namespace cambium::cli {
namespace {

// "models.leases" and "model=cambium-small"
Status query_module(Invocation& call) {
  const auto question = call.argument("question");
  const auto dot = question.find('.');
  if (dot == std::string::npos) {
    return fail(ErrorCode::invalid_input,
                fmt::format("`{}` is no question; write it as module.name, for example "
                            "models.leases.", question));
  }
  client::Arguments arguments;
  for (const auto& word : call.rest()) {
    const auto equals = word.find('=');
    if (equals == std::string::npos) {
      return fail(ErrorCode::invalid_input,
                  fmt::format("`{}` must be name=value, for example model=cambium-small.", word));
    }
    arguments[word.substr(0, equals)] = word.substr(equals + 1);
  }
  if (call.has("prove")) arguments["prove"] = "true";
  TRY(const auto node, node_of(call));
  const client::ChainApi chain(node, chain_of(call));
  const client::ChainApi::Question asked{question.substr(0, dot), question.substr(dot + 1)};
  TRY(const auto reply, chain.query(asked, arguments));
  show(call, reply);
  return {};
}

}  // namespace

Command query_module_command() {
  return {"query module",
          "Ask any module any of its questions",
          "cambium query module models.leases model=cambium-small --chain compute-0",
          {{"question", "module.name; a wrong name lists those there are"},
           {"argument", "name=value", Argument::Count::many}},
          {chain_flag(), {"prove", "", "add the proof where one entry answers"}},
          query_module};
}

}  // namespace cambium::cli
