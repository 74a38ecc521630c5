#include "chain/query.hpp"

#include <fmt/format.h>
#include <google/protobuf/dynamic_message.h>

#include <algorithm>

#include "base/check.hpp"
#include "chain/record.hpp"
#include "schema/json.hpp"

namespace cambium::chain {
namespace {

std::unique_ptr<ProtoMessage> new_message(const google::protobuf::Descriptor* type) {
  auto* factory = google::protobuf::MessageFactory::generated_factory();
  return std::unique_ptr<ProtoMessage>(factory->GetPrototype(type)->New());
}

template <class Items>
std::string names(const Items& items) {
  std::string out;
  for (const auto& item : items) out += (out.empty() ? "" : ", ") + std::string(item.name);
  return out.empty() ? "none" : out;
}

std::string part_text(PartKind kind, ByteView& rest, bool last) {
  switch (kind) {
    case PartKind::address: return take_address(rest).text();
    case PartKind::id32: return to_hex(take_id32(rest));
    case PartKind::number: return std::to_string(take_number(rest));
    case PartKind::text: return take_text(rest, last);
  }
  return {};
}

/// False for a key that is shorter than its parts: it came from outside and is only to be shown.
bool has_all_parts(const TableInfo& table, ByteView key) {
  std::size_t need = 2;
  for (std::size_t i = 0; i < table.parts.size(); ++i) {
    const bool last = i + 1 == table.parts.size();
    switch (table.parts[i]) {
      case PartKind::address: need += 20; break;
      case PartKind::id32: need += 32; break;
      case PartKind::number: need += 8; break;
      case PartKind::text:
        if (last) break;
        if (key.size() <= need) return false;
        need += 1 + key[need];
    }
  }
  return key.size() >= need;
}

std::string owner_of(const Registry& registry, ByteView key) {
  for (const Module* module : registry.modules()) {
    if (module->prefix == key[0]) return std::string(module->name);
  }
  return "unknown";
}

/// "bank, nodes": what there is, for a refusal that helps.
std::string module_names(const Registry& registry) {
  std::string out;
  for (const Module* module : registry.modules()) {
    out += (out.empty() ? "" : ", ") + std::string(module->name);
  }
  return out;
}

}  // namespace

Result<QueryAnswer> ask(const Registry& registry, const state::View& state, Environment env,
                        QueryName wanted, std::string_view request_json) {
  const Module* module = registry.module(wanted.module);
  if (module == nullptr) {
    return fail(ErrorCode::not_found,
                fmt::format("this chain has no module \"{}\"; it has: {}", wanted.module,
                            module_names(registry)));
  }
  const auto query = std::ranges::find(module->queries, wanted.name, &Query::name);
  if (query == module->queries.end()) {
    return fail(ErrorCode::not_found,
                fmt::format("module {} has no query \"{}\"; it has: {}", wanted.module, wanted.name,
                            names(module->queries)));
  }
  const auto request = new_message(query->request);
  TRY_STATUS(schema::from_json(request_json, *request));
  const auto reply = new_message(query->reply);
  env.registry = &registry;
  GasMeter unmetered({UINT64_MAX});
  TRY_STATUS(query->ask(ReadContext(state, env, unmetered), *request, *reply));
  return QueryAnswer{schema::to_json(*reply), query->key(*request)};
}

EntryText describe_key(const Registry& registry, ByteView key) {
  const TableInfo* table = registry.table(key);
  if (table == nullptr) return {"unknown", "unknown", ""};
  std::string label(table->label);
  if (table->value == nullptr) {  // raw entries lie where another standard puts them
    label += " " + to_hex(key.subspan(2));
    return {owner_of(registry, key), std::move(label), "bytes"};
  }
  if (!has_all_parts(*table, key)) return {"unknown", "unknown", ""};
  ByteView rest = key.subspan(2);
  for (std::size_t i = 0; i < table->parts.size(); ++i) {
    label += i == 0 ? ' ' : '/';
    label += part_text(table->parts[i], rest, i + 1 == table->parts.size());
  }
  return {owner_of(registry, key), std::move(label), table->value->full_name()};
}

std::optional<std::string> entry_to_json(const Registry& registry, ByteView key, ByteView value) {
  const TableInfo* table = registry.table(key);
  if (table == nullptr) return std::nullopt;
  if (table->value == nullptr) return "\"" + to_hex(value) + "\"";
  const auto record = new_message(table->value);
  if (!decode_record(value, *record)) return std::nullopt;
  return schema::to_json(*record);
}

std::string msg_to_json(const ProtoMessage& message) { return schema::to_json(message); }

Status msg_from_json(const Registry& registry, std::string_view name, std::string_view fields_json,
                     cambium::tx::v1::Msg& out) {
  const MessageHandler* handler = registry.handler(name);
  if (handler == nullptr) {
    return fail(ErrorCode::not_found,
                fmt::format("this chain has no message \"{}\"; check its spelling", name));
  }
  // The wrapper Msg.<module>.<kind> is found by type, so that a new message needs no line here.
  const auto find = [](ProtoMessage& in, auto matches) -> ProtoMessage* {
    for (int i = 0; i < in.GetDescriptor()->field_count(); ++i) {
      const auto* field = in.GetDescriptor()->field(i);
      if (matches(field->message_type())) return in.GetReflection()->MutableMessage(&in, field);
    }
    return nullptr;
  };
  const auto* file = handler->descriptor->file();
  out.Clear();
  ProtoMessage* module = find(out, [&](const auto* type) { return type->file() == file; });
  CHECK(module != nullptr, "a registered message's module is missing from cambium.tx.v1.Msg");
  ProtoMessage* message = find(*module, [&](const auto* type) {
    return type == handler->descriptor;
  });
  CHECK(message != nullptr, "a registered message is missing from its module's Msg");
  return schema::from_json(fields_json, *message);
}

}  // namespace cambium::chain
