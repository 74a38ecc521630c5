// cambium group: accounts that several people hold together.
#include "cambium/groups/v1/groups.pb.h"
#include "cli/commands.hpp"
#include "cli/commands/query/module_question.hpp"
#include "cli/message/lines.hpp"
#include "cli/message/stored_text.hpp"
#include "cli/message/verb.hpp"
#include "cli/render.hpp"
#include "schema/canonical.hpp"

namespace cambium::cli {
namespace {

const std::vector<FieldNote> kNotes = {
    {"group", "the group's number"},
    {"proposal", "the proposal's number; `cambium group show` lists them"},
    {"members", "each as account:weight or account:weight:note; weight 0 removes"},
    {"admin", "who may change it; the group itself when left out"},
    {"policy.threshold", "weight of yes that decides"},
    {"policy.percentage_nano", "or the share of all weight"},
    {"policy.voting_window_ms", "how long votes are taken"},
    {"policy.min_delay_ms", "between proposing and carrying out"},
    {"title", "its name"}};

Command verb(std::string path, std::string summary, std::string example, std::string type,
             std::vector<std::string> words) {
  return message_command({std::move(path), std::move(summary), std::move(example),
                          "groups." + std::move(type), std::move(words), kNotes, {"policy"}});
}

/// Stored messages are the group's own: its account sends them.
Status finish_proposal(Invocation& call, google::protobuf::Message& message) {
  auto& propose = static_cast<cambium::groups::v1::Propose&>(message);
  TRY(const auto group, ask_module(call, {"groups", "group"},
                                   {{"group", std::to_string(propose.group())}}));
  const auto account = crypto::Address::from_text(client::text_at(group, "account"));
  if (!account) return fail(ErrorCode::corrupt, "The node names no account of that group.");
  for (const auto& line : call.every("do")) {
    TRY(const auto msg, message_of_line(call, line, to_string(*account)));
    propose.add_messages(to_string(schema::encode(msg)));
  }
  return {};
}

Command propose() {
  return message_command(
      {"group propose", "Ask a group's members to act from its account",
       "cambium group propose 1 'Pay the bill' --do 'tx send trainer 5' --from demo",
       "groups.Propose", {"group", "title"},
       {{"group", "the group's number"}, {"title", "a line that says what it wants"}},
       {}, {"messages"}, {do_flag()}, finish_proposal});
}

Status list(Invocation& call) {
  client::Arguments page{{"limit", call.flag_or("limit", "20")}};
  if (const auto after = call.flag("before")) page["after"] = *after;
  TRY(const auto reply, ask_module(call, {"groups", "groups"}, page));
  Json rows = Json::array();
  for (const auto& item : client::child_at(reply, "items")) {
    Json row = {{"id", item.value("id", "")}};
    row.update(client::child_at(item, "group"));
    rows.push_back(std::move(row));
  }
  show_items(call, {{"items", rows}, {"next", client::child_at(reply, "next")}},
             {"id", "title", "members", "total_weight", "account"});
  return {};
}

Status show_one(Invocation& call) {
  const client::Arguments which{{"group", call.argument("group")}};
  TRY(Json out, ask_module(call, {"groups", "group"}, which));
  TRY(const auto members, ask_module(call, {"groups", "members"}, which));
  out["people"] = client::child_at(members, "items");
  TRY(auto proposals, ask_module(call, {"groups", "proposals"}, which));
  out["proposals"] = client::child_at(proposals, "items");
  for (auto& proposal : out["proposals"]) {
    for (auto& message : proposal["messages"]) {
      if (message.is_string()) message = stored_message(message.get<std::string>());
    }
  }
  show(call, out);
  return {};
}

}  // namespace

std::vector<Command> group_commands() {
  return {
      verb("group create", "Make an account that several people hold together",
           "cambium group create family alice:1 bob:1 --threshold 2 --voting-window 7d --from demo",
           "Create", {"title", "members*"}),
      propose(),
      verb("group vote", "Vote as a member; a later vote replaces an earlier one",
           "cambium group vote 1 yes --from demo", "Vote", {"proposal", "choice"}),
      verb("group exec", "Carry out what a group has accepted; anyone may",
           "cambium group exec 1 --from demo", "Execute", {"proposal"}),
      verb("group withdraw", "Take back a group's proposal",
           "cambium group withdraw 1 --from demo", "Withdraw", {"proposal"}),
      verb("group members", "Change who is a member, as the admin",
           "cambium group members 1 carol:2 --from demo", "UpdateMembers", {"group", "members*"}),
      verb("group policy", "Change how a group decides, as the admin",
           "cambium group policy 1 --threshold 3 --voting-window 3d --from demo", "UpdatePolicy",
           {"group"}),
      verb("group admin", "Hand a group over to another admin, or to itself",
           "cambium group admin 1 --from demo", "UpdateAdmin", {"group", "admin?"}),
      verb("group leave", "Leave a group", "cambium group leave 1 --from demo", "Leave", {"group"}),
      {"group list", "List groups", "cambium group list", {},
       {chain_flag(), {"limit", "N", "most to list"}, {"before", "N", "go on after this number"}},
       list},
      {"group show", "Show a group: people, policy, open proposals in words",
       "cambium group show 1", {{"group", "its number"}}, {chain_flag()}, show_one}};
}

}  // namespace cambium::cli
