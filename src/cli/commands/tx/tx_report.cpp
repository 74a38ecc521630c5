#include "cli/commands/tx/tx_report.hpp"

#include <fmt/format.h>

#include "base/hex.hpp"
#include "cli/message/values.hpp"
#include "cli/render.hpp"
#include "client/sender.hpp"
#include "schema/canonical.hpp"
#include "schema/json.hpp"

namespace cambium::cli {
namespace {

Status print_message(Invocation& call, const std::string& who) {
  TRY(const auto sender, account_named(call, who));
  client::TxMsg msg;
  TRY_STATUS(call.command().build(call, to_string(sender), msg));
  const auto* message = client::chosen_message(std::as_const(msg));
  const std::string hex = to_hex(schema::encode(msg));
  if (call.json()) {
    call.console.object({{"type", client::short_name(*message->GetDescriptor())},
                         {"fields", Json::parse(schema::to_json(*message), nullptr, false)},
                         {"message", hex}});
  } else {
    call.console.line(hex);
  }
  return {};
}

}  // namespace

std::vector<Flag> sending_flags() {
  return {from_flag(),
          chain_flag(),
          {"memo", "TEXT", "words that go with it"},
          {"message-for", "ACCOUNT", "send nothing: print the message as this account would send "
                                     "it, as proposals store it"}};
}

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

Status send_built(Invocation& call) {
  if (const auto who = call.flag("message-for")) return print_message(call, *who);
  TRY(const auto key, signer_of(call));
  client::TxMsg msg;
  TRY_STATUS(call.command().build(call, to_string(crypto::address_of(key->public_key())), msg));
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
