// cambium tx <module.Type>: any message of any module, built from its descriptor.
#include "cli/commands.hpp"
#include "cli/commands/tx/tx_report.hpp"

namespace cambium::cli {

Command tx_command() {
  return {"tx",
          "Send any message of any module; `cambium tx types` lists them",
          "cambium tx bank.Burn --fields '{\"coin\":{\"denom\":\"ucbm\",\"amount\":\"1\"}}'",
          {{"type", "the message, for example bank.Send"}},
          {{"fields", "JSON", "its fields; the sender is the signing key when it is left out"},
           from_flag(), chain_flag(), {"memo", "TEXT", "words that go with it"}},
          [](Invocation& call) -> Status {
            const auto type = call.argument("type");
            const auto fields = call.flag_or("fields", "{}");
            return send_message(call, {type, fields});
          }};
}

}  // namespace cambium::cli
