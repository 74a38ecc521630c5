#include "cli/commands/gov/propose.hpp"

#include <fmt/format.h>

#include "chain/modules/governance/actions/actions.hpp"
#include "cli/amount.hpp"
#include "cli/message/lines.hpp"
#include "cli/message/verb.hpp"
#include "cli/node_link.hpp"

namespace cambium::cli {
namespace {

namespace gov = cambium::governance::v1;
using google::protobuf::Message;

bool all_allowed(gov::Track track, const gov::Propose& propose) {
  for (const auto& action : propose.actions()) {
    if (!chain::governance::is_allowed(track, action)) return false;
  }
  return true;
}

/// The first track that may decide on all of it: the schema's order is from many to few voters.
Result<gov::Track> track_for(const gov::Propose& propose) {
  for (int track = gov::Track_MIN + 1; track <= gov::Track_MAX; ++track) {
    if (all_allowed(static_cast<gov::Track>(track), propose)) return static_cast<gov::Track>(track);
  }
  return fail(ErrorCode::invalid_input,
              "No electorate may decide on all of this together; make it several proposals.");
}

/// What brings it to a vote at once, in ucbm. Emergencies take none.
Result<std::uint64_t> full_deposit(Invocation& call, gov::Track track) {
  if (chain::governance::is_emergency(track)) return 0;
  if (const auto named = call.flag("deposit")) {
    TRY(const auto amount, parse_amount(*named));
    return amount.ucbm;
  }
  TRY(const auto node, node_of(call));
  TRY(const auto params, node.get("/consensus/params", {{"module", "governance"},
                                                        {"chain", chain_of(call)}}));
  const auto* field = track == gov::TRACK_TIER ? "tier_deposit_ucbm" : "deposit_ucbm";
  return client::whole_at(client::child_at(params, "governance"), field);
}

Status add_actions(Invocation& call, gov::Propose& propose) {
  for (const auto& line : call.every("do")) {
    TRY(*propose.add_actions(), action_of_line(call, line));
  }
  if (!call.has("track")) {
    TRY(const auto track, track_for(propose));
    propose.set_track(track);
  }
  TRY(const auto deposit, full_deposit(call, propose.track()));
  propose.set_deposit_ucbm(deposit);
  return {};
}

Status finish_proposal(Invocation& call, Message& message) {
  return add_actions(call, static_cast<gov::Propose&>(message));
}

Status finish_emergency(Invocation& call, Message& message) {
  auto& propose = static_cast<gov::Propose&>(message);
  TRY_STATUS(add_actions(call, propose));
  const bool any = !propose.actions().empty();
  if (any && chain::governance::is_emergency(propose.track())) return {};
  return fail(ErrorCode::invalid_input,
              "This is nothing that validators may do in an emergency; --do takes pause, "
              "validator-exclusion, rollback, consensus-reset, checkpoint, freeze-accounts, "
              "adjust-rewards and emergency-mint here.");
}

MessageVerb proposal(std::string path, std::string summary, std::string example) {
  return {std::move(path), std::move(summary), std::move(example), "governance.Propose", {"title"},
          {{"title", "a line that says what it wants"},
           {"summary", "why, as long as 10,000 bytes"},
           {"track", "the electorate; it follows from --do when it is left out"}},
          {}, {"actions", "deposit_ucbm"}, {do_flag()}};
}

}  // namespace

Command gov_propose_command() {
  auto verb = proposal("gov propose", "Ask an electorate to decide",
                       "cambium gov propose 'More validators' --do "
                       "'param staking.max_validators 150' --from operator");
  verb.flags.push_back({"deposit", "CBM", "coins behind it; what brings it to a vote when left "
                                          "out"});
  verb.finish = finish_proposal;
  return message_command(std::move(verb));
}

Command gov_emergency_command() {
  auto verb = proposal("gov emergency", "Ask the validators for an act that ends by itself",
                       "cambium gov emergency 'Stop transfers' --do 'pause bank.Send --duration "
                       "2h' --from operator");
  verb.finish = finish_emergency;
  return message_command(std::move(verb));
}

}  // namespace cambium::cli
