// cambium account: keys, guardians, and who may act or pay for whom.
#include "cli/commands.hpp"
#include "cli/commands/account/account_of.hpp"
#include "cli/message/verb.hpp"
#include "cli/render.hpp"

namespace cambium::cli {
namespace {

Status show_account(Invocation& call) {
  TRY(const auto address, account_text(call));
  TRY(const auto node, node_of(call));
  TRY(const auto reply, node.get("/chain/" + client::percent_encode(chain_of(call)) +
                                 "/accounts/" + address + "/holdings"));
  show(call, reply);
  return {};
}

const FieldNote kGrantee{"grantee", "who may: an address or a key of this home"};
const FieldNote kMessage{"message", "the kind of message, as `cambium tx types` lists them"};

Command verb(std::string path, std::string summary, std::string example, std::string type,
             std::vector<std::string> words, std::vector<FieldNote> notes = {}) {
  return message_command({std::move(path), std::move(summary), std::move(example), std::move(type),
                          std::move(words), std::move(notes)});
}

}  // namespace

std::vector<Command> account_commands() {
  return {
      {"account show", "Show everything that an account holds", "cambium account show demo",
       {account_argument()}, {chain_flag()}, show_account},
      verb("account grant", "Let another account send one kind of message in your name",
           "cambium account grant trainer bank.Send --spend-limit 10 --expires +7d --from demo",
           "accounts.Grant", {"grantee", "message"}, {kGrantee, kMessage}),
      verb("account revoke", "Take such a grant back",
           "cambium account revoke trainer bank.Send --from demo", "accounts.Revoke",
           {"grantee", "message"}, {kGrantee, kMessage}),
      verb("account sponsor", "Pay another account's fees up to a limit",
           "cambium account sponsor trainer 5 --from demo", "accounts.Sponsor",
           {"grantee", "limit_ucbm"}, {{"grantee", "whose transactions are paid"}}),
      verb("account end-sponsorship", "Stop paying another account's fees",
           "cambium account end-sponsorship trainer --from demo", "accounts.EndSponsorship",
           {"grantee"}, {{"grantee", "whose transactions were paid"}}),
      verb("account guardians", "Name who may give the account a new key when its own is lost",
           "cambium account guardians 2 alice bob carol --from demo", "accounts.SetGuardians",
           {"threshold", "guardians*"},
           {{"threshold", "how many of them are needed"},
            {"guardians", "their accounts; none ends it"},
            {"delay_ms", "between enough approvals and the new key; 48 hours unless named"}}),
      verb("account recover", "Propose a new key for an account that you guard",
           "cambium account recover cbm1... newkey --from alice", "accounts.StartRecovery",
           {"account", "new_key"}),
      verb("account approve-recovery", "Approve the new key that another guardian proposed",
           "cambium account approve-recovery cbm1... newkey --from bob",
           "accounts.ApproveRecovery", {"account", "new_key"}),
      verb("account cancel-recovery", "Refuse a recovery with the key that the account still has",
           "cambium account cancel-recovery --from demo", "accounts.CancelRecovery", {}),
      verb("account finish-recovery", "Bind the new key once the delay is over; anyone may",
           "cambium account finish-recovery cbm1... --from alice", "accounts.FinishRecovery",
           {"account"}),
      verb("account rotate-key", "Bind another key to your account; the address stays",
           "cambium account rotate-key newkey --from demo", "accounts.RotateKey", {"new_key"}),
      verb("account tickets", "Reserve nonces for transactions that are signed ahead",
           "cambium account tickets 8 --from demo", "accounts.CreateTickets", {"count"},
           {{"count", "how many; at most 64 are open at a time"}})};
}

}  // namespace cambium::cli
