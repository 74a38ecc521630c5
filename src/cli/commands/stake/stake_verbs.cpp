// cambium stake: bonding coins to validators, and what that earns.
#include "cli/commands.hpp"
#include "cli/commands/account/account_of.hpp"
#include "cli/message/verb.hpp"
#include "cli/render.hpp"

namespace cambium::cli {
namespace {

const FieldNote kValidator{"validator", "the validator: its name, or its operator's address"};

Status show_stake(Invocation& call) {
  TRY(const auto reply, about_account(call, "/consensus/accounts/"));
  show(call, reply);
  return {};
}

Status show_rewards(Invocation& call) {
  TRY(const auto reply, about_account(call, "/consensus/accounts/"));
  if (call.json()) {
    call.console.object({{"items", client::child_at(reply, "delegations")},
                         {"rewards_ucbm", client::text_at(reply, "rewards_ucbm")},
                         {"commission_ucbm", client::text_at(reply, "commission_ucbm")}});
    return {};
  }
  const auto& items = client::child_at(reply, "delegations");
  if (!items.empty()) {
    call.console.text(render_items(items, {"validator", "amount_ucbm", "rewards_ucbm"}));
  }
  call.console.line(render({{"rewards_ucbm", client::text_at(reply, "rewards_ucbm")},
                            {"commission_ucbm", client::text_at(reply, "commission_ucbm")},
                            {"paid_to", client::text_at(reply, "withdraw_to")}}));
  return {};
}

}  // namespace

std::vector<Command> stake_commands() {
  return {
      message_command({"stake delegate", "Bond coins to a validator; it earns and can be slashed",
                       "cambium stake delegate node0 100 --from demo", "staking.Delegate",
                       {"validator", "amount_ucbm"}, {kValidator}}),
      message_command({"stake undelegate",
                       "Start to unbond; the coins come back after the unbonding time",
                       "cambium stake undelegate node0 40 --from demo", "staking.Undelegate",
                       {"validator", "amount_ucbm"}, {kValidator}}),
      message_command({"stake redelegate", "Move bonded coins to another validator at once",
                       "cambium stake redelegate node0 node1 40 --from demo", "staking.Redelegate",
                       {"from", "to", "amount_ucbm"},
                       {{"from", "the validator that they are bonded to"},
                        {"to", "the validator that gets them"}}}),
      message_command({"stake cancel-unbonding", "Bond coins again that are on their way out",
                       "cambium stake cancel-unbonding node0 1 40 --from demo",
                       "staking.CancelUnbonding", {"validator", "id", "amount_ucbm"},
                       {kValidator, {"id", "the unbonding's number; `cambium stake show`"}}}),
      message_command({"stake withdraw", "Take what stake has earned",
                       "cambium stake withdraw --from demo", "staking.WithdrawRewards",
                       {"validator?"}, {{"validator", "only behind this one; all when left out"}}}),
      message_command({"stake withdraw-commission", "Take an operator's commission",
                       "cambium stake withdraw-commission --from operator",
                       "staking.WithdrawCommission"}),
      message_command({"stake withdraw-to", "Let rewards go to another account from now on",
                       "cambium stake withdraw-to trainer --from demo",
                       "staking.SetWithdrawAddress", {"to?"},
                       {{"to", "the account; your own when it is left out"}}}),
      {"stake show", "Show what an account has bonded, unbonding and earned",
       "cambium stake show demo", {account_argument()}, {chain_flag()}, show_stake},
      {"stake rewards", "Show what an account's stake has earned and not yet taken",
       "cambium stake rewards demo", {account_argument()}, {chain_flag()}, show_rewards}};
}

}  // namespace cambium::cli
