#include "cli/commands.hpp"
#include "cli/node_link.hpp"
#include "cli/render.hpp"

namespace cambium::cli {
namespace {

Status query_expert(Invocation& call) {
  TRY(const auto node, node_of(call));
  const auto name = call.argument("name");
  if (name.empty()) {
    TRY(const auto top, node.get("/experts/top", {{"limit", call.flag_or("limit", "20")}}));
    show_items(call, top, {"name", "model", "calls", "tokens", "earned_nano_ucbm"});
    return {};
  }
  TRY(const auto stats, node.get("/experts/stats/" + client::percent_encode(name)));
  show(call, stats);
  return {};
}

}  // namespace

Command query_expert_command() {
  return {"query expert",
          "Show how much an expert is used and earns, or list the busiest",
          "cambium query expert layer0.expert4",
          {{"name", "the expert; the busiest when it is left out", Argument::Count::optional}},
          {{"limit", "N", "most experts to list"}},
          query_expert};
}

}  // namespace cambium::cli
