// cambium tx send: the everyday transaction.
#include "cli/amount.hpp"
#include "cli/commands.hpp"
#include "cli/commands/tx/tx_report.hpp"

namespace cambium::cli {
namespace {

Status build(Invocation& call, std::string_view sender, client::TxMsg& out) {
  TRY(const auto amount, parse_amount(call.argument("amount")));
  TRY(const auto to, address_or_key(call, call.argument("to")));
  const Json fields = {{"to", to.text()},
                       {"coin", {{"denom", "ucbm"}, {"amount", std::to_string(amount.ucbm)}}}};
  TRY(out, client::make_message({"bank.Send", fields.dump()}, sender));
  return {};
}

}  // namespace

Command tx_send_command() {
  return {"tx send",
          "Send CBM to an account",
          "cambium tx send trainer 1.5",
          {{"to", "an address, or the name of a key of this home"},
           {"amount", "CBM with at most six decimals, or base units as 1500000ucbm"}},
          sending_flags(),
          send_built,
          build};
}

}  // namespace cambium::cli
