// The one encoding that may be signed, hashed or stored.
#pragma once

#include <google/protobuf/message.h>

#include "base/result.hpp"
#include "base/bytes.hpp"

namespace cambium::schema {

/// Fields in number order, defaults left out, nothing unknown; the same bytes on every machine.
Bytes encode(const google::protobuf::Message& message);

/// Parses `bytes` into `message`; refuses unknown fields and any encoding but the canonical one,
/// so that one meaning has exactly one hash.
Status decode(ByteView bytes, google::protobuf::Message& message);

/// For records that we wrote ourselves: a failure is a corrupt store.
template <class M>
Result<M> decode_as(ByteView bytes) {
  M message;
  TRY_STATUS(decode(bytes, message));
  return message;
}

}  // namespace cambium::schema
