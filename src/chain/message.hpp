// A message's rules: three functions of narrowing power and a line of metadata.
//
// One message is four files: its proto, modules/<m>/<message>.cpp, one line in the module's
// registry and <message>_test.cpp. The .cpp specialises `handler_of` and nothing else is public.
#pragma once

#include <google/protobuf/message.h>

#include <functional>
#include <string>

#include "chain/context.hpp"

namespace cambium::chain {

struct MessageMeta {
  std::uint32_t since = 1;         // first rules version that knows it
  Privileges privileges = {};
  Gas base_gas = {1'000};          // on top of metered storage
  std::uint32_t free_per_hour = 0; // zero-fee lane: uses an account has in an hour; 0 for none
  bool during_pause = false;       // still taken while the whole chain is paused
};

using ProtoMessage = google::protobuf::Message;

/// Type-erased; made by `handler<M>`.
struct MessageHandler {
  MessageMeta meta;
  const google::protobuf::Descriptor* descriptor;
  std::function<TxStatus(const ProtoMessage&)> preflight;  // sees no state, cannot charge
  std::function<TxStatus(const ReadContext&, const ProtoMessage&)> check;  // reads
  std::function<TxStatus(Context&, const ProtoMessage&)> apply;            // writes
};

/// The three phases of one message type. Failures of `preflight` belong to the malformed band;
/// those of `check` and `apply` to retry or failed-with-fee.
template <class M>
struct Rules {
  TxStatus (*preflight)(const M&);
  TxStatus (*check)(const ReadContext&, const M&);
  TxStatus (*apply)(Context&, const M&);
};

template <class M>
MessageHandler handler(MessageMeta meta, Rules<M> rules) {
  return {
      meta, M::descriptor(),
      [=](const ProtoMessage& m) { return rules.preflight(static_cast<const M&>(m)); },
      [=](const ReadContext& ctx, const ProtoMessage& m) {
        return rules.check(ctx, static_cast<const M&>(m));
      },
      [=](Context& ctx, const ProtoMessage& m) {
        return rules.apply(ctx, static_cast<const M&>(m));
      }};
}

/// Specialised in the message's own source file:
/// `template <> MessageHandler handler_of<pb::Send>() { return handler<pb::Send>(...); }`
template <class M>
MessageHandler handler_of();

/// "bank.Send" for cambium.bank.v1.Send: the name in JSON, on the command line and in pages.
std::string short_name(const google::protobuf::Descriptor& descriptor);
/// Field 1 of every message: the account that acts; empty when it is not there.
std::string sender_field(const ProtoMessage& message);

}  // namespace cambium::chain
