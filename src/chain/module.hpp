// A module: one folder of chain rules under modules/, described by one value.
#pragma once

#include <functional>
#include <vector>

#include "chain/invariant.hpp"
#include "chain/message.hpp"

namespace cambium::chain {

/// A question answered from state. Made by `query<Request, Reply>`.
struct Query {
  std::string_view name;  // "balance"
  const google::protobuf::Descriptor* request;
  const google::protobuf::Descriptor* reply;
  std::function<Status(const ReadContext&, const ProtoMessage& request, ProtoMessage& reply)> ask;
  /// The entry that proves the answer; empty when the answer is more than one entry.
  std::function<Bytes(const ProtoMessage& request)> key;
};

template <class Request, class Reply>
Query query(std::string_view name, Result<Reply> (*ask)(const ReadContext&, const Request&),
            Bytes (*key)(const Request&) = nullptr) {
  return {name, Request::descriptor(), Reply::descriptor(),
          [ask](const ReadContext& ctx, const ProtoMessage& request,
                ProtoMessage& reply) -> Status {
            TRY(auto answer, ask(ctx, static_cast<const Request&>(request)));
            static_cast<Reply&>(reply).Swap(&answer);
            return {};
          },
          [key](const ProtoMessage& request) {
            return key ? key(static_cast<const Request&>(request)) : Bytes{};
          }};
}

/// Work between blocks: visits at most `kMaxBlockEndEntries` entries, goes on from `start_after`
/// and returns where the next block goes on; empty when it came to the end.
struct BlockEndStep {
  std::string_view name;  // "nodes.expire"
  std::function<Bytes(Context&, ByteView start_after)> run;
  Privileges privileges = {};
};
inline constexpr std::size_t kMaxBlockEndEntries = 2'000;

/// How a module's first state comes from its genesis message.
struct GenesisRules {
  const google::protobuf::Descriptor* message = nullptr;  // nullptr: it has none
  std::function<Status(Context&, const ProtoMessage&)> init;
};

template <class Genesis>
GenesisRules genesis(Status (*init)(Context&, const Genesis&)) {
  return {Genesis::descriptor(), [init](Context& ctx, const ProtoMessage& message) {
            return init(ctx, static_cast<const Genesis&>(message));
          }};
}

/// Parameters that governance may change, one field at a time; see chain/params.hpp.
struct ParamsRules {
  const google::protobuf::Descriptor* record = nullptr;  // nullptr: the module has none
  Bytes key = {};                                        // of its one entry
  /// Why the new values make no sense, as a sentence; nothing when they do.
  std::function<std::optional<std::string>(const ProtoMessage& before, const ProtoMessage& after)>
      refuse = {};
};

/// `.params = governed<pb::Params>(kMyParams, why_not)`
template <class Record, class Table>
ParamsRules governed(const Table& table,
                     std::optional<std::string> (*why_not)(const Record&, const Record&)) {
  return {Record::descriptor(), table.key({}),
          [why_not](const ProtoMessage& before, const ProtoMessage& after) {
            return why_not(static_cast<const Record&>(before), static_cast<const Record&>(after));
          }};
}

struct Module {
  std::string_view name;  // "bank"
  std::uint8_t prefix = 0;
  std::vector<MessageHandler> messages = {};
  std::vector<TableInfo> tables = {};
  std::vector<Query> queries = {};
  std::vector<Invariant> invariants = {};
  GenesisRules genesis = {};
  std::vector<BlockEndStep> block_end = {};
  ParamsRules params = {};
};

}  // namespace cambium::chain
