// cambium tx <module.Type>: any message of any module, built from its descriptor.
#include "cli/commands.hpp"
#include "cli/commands/tx/tx_report.hpp"

namespace cambium::cli {
namespace {

Status build(Invocation& call, std::string_view sender, client::TxMsg& out) {
  TRY(out, client::make_message({call.argument("type"), call.flag_or("fields", "{}")}, sender));
  return {};
}

}  // namespace

Command tx_command() {
  auto flags = sending_flags();
  flags.insert(flags.begin(), {"fields", "JSON",
                               "its fields; the sender is the signing key when it is left out"});
  return {"tx",
          "Send any message of any module; `cambium tx types` lists them",
          "cambium tx bank.Burn --fields '{\"coin\":{\"denom\":\"ucbm\",\"amount\":\"1\"}}'",
          {{"type", "the message, for example bank.Send"}},
          std::move(flags),
          send_built,
          build};
}

}  // namespace cambium::cli
