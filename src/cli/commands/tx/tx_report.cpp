#include "cli/commands/tx/tx_report.hpp"

#include <fmt/format.h>

#include "cli/render.hpp"
#include "client/sender.hpp"

namespace cambium::cli {

Result<crypto::Address> address_or_key(Invocation& call, const std::string& text) {
  if (const auto address = crypto::Address::from_text(text)) return *address;
  TRY(const auto keys, keys_of(call));
  TRY(const auto infos, keys.list());
  for (const auto& info : infos) {
    if (info.name == text) return info.address;
  }
  return fail(ErrorCode::not_found,
              fmt::format("`{}` is neither an address (cbm1...) nor a key of this home; `cambium "
                          "key list` shows the keys.", text));
}

Status send_message(Invocation& call, const client::MessageText& message) {
  TRY(const auto key, signer_of(call));
  const auto sender = to_string(crypto::address_of(key->public_key()));
  TRY(auto msg, client::make_message(message, sender));
  TRY(const auto node, node_of(call));
  const client::ChainApi chain(node, chain_of(call));
  TRY(const auto report,
      client::Sender(chain, *key).send({std::move(msg)}, call.flag_or("memo", "")));
  show(call, {{"hash", report.hash},
              {"chain", chain.name()},
              {"status", report.status_name},
              {"height", report.height}});
  return {};
}

}  // namespace cambium::cli
