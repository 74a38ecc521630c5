// Questions to a state, by module and name; used by the gateway and the command line.
#pragma once

#include <string>

#include "cambium/tx/v1/tx.pb.h"
#include "chain/modules/registry.hpp"

namespace cambium::chain {

struct QueryAnswer {
  std::string json;  // the reply message
  Bytes key;         // the state entry that proves it; empty when it is more than one
};

/// `request_json` is the request message in JSON, "{}" for no arguments. `not_found` for an
/// unknown module or query, with the names there are.
struct QueryName {
  std::string_view module;
  std::string_view name;
};
Result<QueryAnswer> ask(const Registry& registry, const state::View& state, Environment env,
                        QueryName query, std::string_view request_json);

/// One state entry as people read it.
struct EntryText {
  std::string module;
  std::string label;  // table and key parts: "balance cbm1.../ucbm"
  std::string type;   // protobuf type of the value; "bytes" for raw ones
};
/// Keys of no known table are labelled "unknown".
EntryText describe_key(const Registry& registry, ByteView key);
/// The value as JSON by its table's type; nothing when it does not decode.
std::optional<std::string> entry_to_json(const Registry& registry, ByteView key, ByteView value);

/// One message in its JSON form, without its type.
std::string msg_to_json(const ProtoMessage& message);
/// Puts the message of that short name ("bank.Send") with these fields into `out`.
Status msg_from_json(const Registry& registry, std::string_view short_name,
                     std::string_view fields_json, cambium::tx::v1::Msg& out);

}  // namespace cambium::chain
