#include "cli/commands/query/module_question.hpp"

namespace cambium::cli {

Result<Json> ask_module(const Invocation& call, const client::ChainApi::Question& question,
                        const client::Arguments& arguments) {
  TRY(const auto node, node_of(call));
  TRY(const auto reply, client::ChainApi(node, chain_of(call)).query(question, arguments));
  return client::child_at(reply, "result");
}

}  // namespace cambium::cli
