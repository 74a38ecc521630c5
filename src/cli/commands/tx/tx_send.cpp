// cambium tx send: the everyday transaction.
#include "cli/amount.hpp"
#include "cli/commands.hpp"
#include "cli/commands/tx/tx_report.hpp"

namespace cambium::cli {
namespace {

Status send(Invocation& call) {
  TRY(const auto amount, parse_amount(call.argument("amount")));
  TRY(const auto to, address_or_key(call, call.argument("to")));
  const Json fields = {{"to", to.text()},
                       {"coin", {{"denom", "ucbm"}, {"amount", std::to_string(amount.ucbm)}}}};
  return send_message(call, {"bank.Send", fields.dump()});
}

}  // namespace

Command tx_send_command() {
  return {"tx send",
          "Send CBM to an account",
          "cambium tx send trainer 1.5",
          {{"to", "an address, or the name of a key of this home"},
           {"amount", "CBM with at most six decimals, or base units as 1500000ucbm"}},
          {from_flag(), chain_flag(), {"memo", "TEXT", "words that go with it"}},
          send};
}

}  // namespace cambium::cli
