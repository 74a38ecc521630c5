// The message inside a tx.v1.Msg: two oneofs down.
#pragma once

#include "cambium/tx/v1/tx.pb.h"
#include "chain/message.hpp"

namespace cambium::chain::detail {

/// What the only oneof of `message` holds; nullptr when it is unset or there is no single oneof.
inline const ProtoMessage* inner(const ProtoMessage& message) {
  const auto* descriptor = message.GetDescriptor();
  if (descriptor->oneof_decl_count() != 1) return nullptr;
  const auto* field = message.GetReflection()->GetOneofFieldDescriptor(
      message, descriptor->oneof_decl(0));
  return field == nullptr ? nullptr : &message.GetReflection()->GetMessage(message, field);
}

/// Msg.<module>.<kind>; nullptr when either is unset.
inline const ProtoMessage* innermost(const cambium::tx::v1::Msg& msg) {
  const ProtoMessage* module = inner(msg);
  return module ? inner(*module) : nullptr;
}

}  // namespace cambium::chain::detail
