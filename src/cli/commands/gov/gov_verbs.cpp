// cambium gov: deciding together.
#include <fmt/format.h>

#include "cli/commands.hpp"
#include "cli/commands/gov/propose.hpp"
#include "cli/commands/query/module_question.hpp"
#include "cli/message/stored_text.hpp"
#include "cli/message/verb.hpp"
#include "cli/render.hpp"

namespace cambium::cli {
namespace {

const FieldNote kProposal{"proposal", "its number"};

std::string upper(const std::string& prefix, std::string word) {
  for (auto& c : word) c = c == '-' ? '_' : char(std::toupper(static_cast<unsigned char>(c)));
  return prefix + word;
}

Status list(Invocation& call) {
  client::Arguments page{{"limit", call.flag_or("limit", "20")}};
  if (const auto status = call.flag("status")) page["status"] = upper("STATUS_", *status);
  if (const auto track = call.flag("track")) page["track"] = upper("TRACK_", *track);
  if (const auto before = call.flag("before")) page["before"] = *before;
  TRY(const auto reply, ask_module(call, {"governance", "proposals"}, page));
  show_items(call, reply, {"id", "track", "status", "title", "voting_end_ms"});
  return {};
}

/// The proposal with its stored messages in words, and who has voted.
Status show_one(Invocation& call) {
  const auto id = call.argument("proposal");
  TRY(auto proposal, ask_module(call, {"governance", "proposal"}, {{"proposal", id}}));
  for (auto& action : proposal["actions"]) decode_stored(action, "message");
  TRY(const auto ballots, ask_module(call, {"governance", "ballots"}, {{"proposal", id}}));
  proposal["ballots"] = Json::array();
  for (const auto& item : client::child_at(ballots, "items")) {
    Json row = {{"voter", item.value("voter", "")}};
    row.update(client::child_at(item, "ballot"));
    proposal["ballots"].push_back(std::move(row));
  }
  show(call, proposal);
  return {};
}

Status acts(Invocation& call) {
  TRY(const auto reply, ask_module(call, {"governance", "acts"}, {}));
  if (client::child_at(reply, "items").empty()) {
    if (call.json()) call.console.object(reply);
    else call.console.talk("No emergency act is in force.");
    return {};
  }
  show(call, reply);
  return {};
}

Status params(Invocation& call) {
  client::Arguments arguments{{"chain", chain_of(call)}};
  const auto module = call.argument("module");
  if (!module.empty()) arguments["module"] = module;
  TRY(const auto node, node_of(call));
  TRY(const auto reply, node.get("/consensus/params", arguments));
  show(call, reply);
  return {};
}

Command with_proposal(std::string path, std::string summary, std::string example, std::string type,
                      std::vector<std::string> words = {"proposal"}) {
  return message_command({std::move(path), std::move(summary), std::move(example), std::move(type),
                          std::move(words), {kProposal}});
}

}  // namespace

std::vector<Command> gov_commands() {
  return {
      gov_propose_command(),
      gov_emergency_command(),
      with_proposal("gov vote", "Vote; a later vote replaces an earlier one",
                    "cambium gov vote 1 yes --from operator", "governance.Vote",
                    {"proposal", "choice"}),
      with_proposal("gov deposit", "Add coins to a proposal that waits for its deposit",
                    "cambium gov deposit 1 100 --from demo", "governance.Deposit",
                    {"proposal", "amount_ucbm"}),
      with_proposal("gov cancel", "Take back your own proposal while it is undecided",
                    "cambium gov cancel 1 --from operator", "governance.Cancel"),
      with_proposal("gov claim", "Take your share of the year for voting or proposing",
                    "cambium gov claim 1 --from operator", "governance.ClaimShare"),
      message_command({"gov delegate",
                       "Let a validator vote for you: bond coins to it; your own vote overrides",
                       "cambium gov delegate node0 100 --from demo", "staking.Delegate",
                       {"validator", "amount_ucbm"},
                       {{"validator", "who votes for you: its name or address"}}}),
      {"gov list",
       "List proposals, newest first",
       "cambium gov list --status voting",
       {},
       {chain_flag(),
        {"status", "WORD", "only those",
         {"deposit", "voting", "tallying", "passed", "rejected", "vetoed", "no-quorum", "failed",
          "cancelled", "expired"}},
        {"track", "WORD", "only this electorate's",
         {"stake", "tier", "security", "consensus", "economic"}},
        {"limit", "N", "most to list"},
        {"before", "N", "go on below this number"}},
       list},
      {"gov show", "Show a proposal: what it does, in words, and who voted how",
       "cambium gov show 1", {{"proposal", "its number"}}, {chain_flag()}, show_one},
      {"gov acts", "Show emergency acts in force and when they end", "cambium gov acts", {},
       {chain_flag()}, acts},
      {"gov params", "Show what governance may change, with the values in force",
       "cambium gov params staking",
       {{"module", "only this module's", Argument::Count::optional}}, {chain_flag()}, params}};
}

}  // namespace cambium::cli
