// cambium validator: standing for the set that votes on blocks.
#include "cambium/staking/v1/staking.pb.h"
#include "cli/commands.hpp"
#include "cli/commands/account/account_of.hpp"
#include "cli/commands/validator/consensus_key.hpp"
#include "cli/commands/validator/evidence.hpp"
#include "cli/message/values.hpp"
#include "cli/message/verb.hpp"
#include "cli/render.hpp"
#include "schema/json.hpp"

namespace cambium::cli {
namespace {

using google::protobuf::Message;

constexpr std::uint64_t kRate = 50'000'000;      // 5 %, in 10^-9
constexpr std::uint64_t kMaxRate = 200'000'000;  // 20 %
constexpr std::uint64_t kStep = 10'000'000;      // 1 % a day
const std::vector<FieldNote> kDescription = {
    {"description.moniker", "the validator's name, up to 64 bytes"},
    {"description.website", "where people learn about it"},
    {"description.contact", "how operators reach it"},
    {"description.details", "a few words, up to 280 bytes"}};

std::vector<FieldNote> with_description(std::vector<FieldNote> notes) {
  notes.insert(notes.end(), kDescription.begin(), kDescription.end());
  return notes;
}

/// Consensus key, and the usual commission where none was named.
Status finish_create(Invocation& call, Message& message) {
  auto& create = static_cast<cambium::staking::v1::CreateValidator&>(message);
  auto& commission = *create.mutable_commission();
  if (!call.has("commission-rate")) commission.set_rate_nano(kRate);
  if (!call.has("commission-max")) commission.set_max_nano(kMaxRate);
  if (!call.has("commission-max-change")) commission.set_max_change_nano(kStep);
  return put_consensus_key(call, message);
}

/// A description is replaced as a whole, so what was not named stays as it is on the chain.
Status finish_edit(Invocation& call, Message& message) {
  auto& edit = static_cast<cambium::staking::v1::EditValidator&>(message);
  if (!edit.has_description()) return {};
  const auto sender = crypto::Address::from(as_bytes(edit.sender()));
  TRY(const auto node, node_of(call));
  TRY(const auto now, node.get("/consensus/validators/" + sender->text(),
                               {{"chain", chain_of(call)}}));
  const auto& known = client::child_at(client::child_at(now, "validator"), "description");
  auto& text = *edit.mutable_description();
  if (!call.has("moniker")) text.set_moniker(client::text_at(known, "moniker"));
  if (!call.has("website")) text.set_website(client::text_at(known, "website"));
  if (!call.has("contact")) text.set_contact(client::text_at(known, "contact"));
  if (!call.has("details")) text.set_details(client::text_at(known, "details"));
  return {};
}

Status finish_unjail(Invocation& call, Message& message) {
  return call.has("key-file") ? put_consensus_key(call, message) : Status{};
}

Status list(Invocation& call) {
  client::Arguments page{{"chain", chain_of(call)}, {"limit", call.flag_or("limit", "50")}};
  for (const char* name : {"status", "before"}) {
    if (const auto value = call.flag(name)) page[name] = *value;
  }
  TRY(const auto node, node_of(call));
  TRY(const auto reply, node.get("/consensus/validators", page));
  show_items(call, reply,
             {"moniker", "status", "power", "commission_nano", "uptime_nano", "slashes",
              "operator"});
  return {};
}

Status show_one(Invocation& call) {
  TRY(const auto account, account_named(call, call.argument("validator")));
  TRY(const auto node, node_of(call));
  client::Arguments arguments{{"chain", chain_of(call)}};
  if (call.has("prove")) arguments["prove"] = "true";
  TRY(const auto reply, node.get("/consensus/validators/" + account.text(), arguments));
  show(call, reply);
  return {};
}

}  // namespace

std::vector<Command> validator_commands() {
  return {
      message_command({"validator create", "Stand as a validator with a stake of your own",
                       "cambium validator create 10000 --moniker alice --from operator",
                       "staking.CreateValidator", {"self_bond_ucbm"},
                       with_description({{"commission.rate_nano", "of rewards; 5% unless named"},
                                         {"commission.max_nano",
                                          "it never exceeds this; 20% unless named"},
                                         {"commission.max_change_nano",
                                          "most that it moves in 24 hours; 1% unless named"}}),
                       {"description"}, {"consensus_key", "possession"}, {key_file_flag()},
                       finish_create}),
      message_command({"validator edit", "Change a validator's description or commission",
                       "cambium validator edit --website https://example.org --from operator",
                       "staking.EditValidator", {}, with_description({}), {"description"}, {}, {},
                       finish_edit}),
      message_command({"validator unjail", "Let a jailed validator stand again after its ban",
                       "cambium validator unjail --from operator", "staking.Unjail", {}, {}, {},
                       {"consensus_key", "possession"},
                       {{"key-file", "FILE", "bind this new consensus key, where the old one was "
                                             "revoked"}},
                       finish_unjail}),
      message_command({"validator report",
                       "Report who proposed a malformed transaction, by what this node heard",
                       "cambium validator report 5f3a...c1 --from operator",
                       "slashing.ReportInvalidProposal", {"transaction"},
                       {{"transaction", "its id, as logs/cambium.log names it"}}, {},
                       {"consensus_key", "proposal", "signature", "header_fields", "index",
                        "count", "path"},
                       {proposer_key_flag()}, put_evidence}),
      {"validator list",
       "List validators: power, commission, uptime, bans",
       "cambium validator list --status active",
       {},
       {chain_flag(),
        {"status", "WORD", "only those", {"any", "active", "waiting", "jailed"}},
        {"limit", "N", "most to list, up to 100"},
        {"before", "CURSOR", "go on after this one"}},
       list},
      {"validator show",
       "Show a validator: its stake, how it signed, what it was punished for",
       "cambium validator show node0",
       {{"validator", "its name, or its operator's address"}},
       {chain_flag(), {"prove", "", "add the proof of its state entry"}},
       show_one}};
}

}  // namespace cambium::cli
