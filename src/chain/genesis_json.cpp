// Genesis as people write and read it: module states by their own types.
#include <fmt/format.h>
#include <google/protobuf/dynamic_message.h>

#include "base/hex.hpp"
#include "chain/genesis.hpp"
#include "schema/canonical.hpp"
#include "schema/json.hpp"
#include "schema/json_reader.hpp"

namespace cambium::chain {
namespace {

using schema::JsonReader;
using schema::quote_json;

const Module* find_module(std::string_view name) {
  for (const Module& module : all_modules()) {
    if (module.name == name) return &module;
  }
  return nullptr;
}

std::unique_ptr<ProtoMessage> new_state(const Module* module) {
  if (module == nullptr || module->genesis.message == nullptr) return nullptr;
  auto* factory = google::protobuf::MessageFactory::generated_factory();
  return std::unique_ptr<ProtoMessage>(factory->GetPrototype(module->genesis.message)->New());
}

std::string module_json(const v1::ModuleGenesis& part) {
  const auto state = new_state(find_module(part.name()));
  if (state == nullptr || !schema::decode(as_bytes(part.state()), *state)) return "{}";
  return schema::to_json(*state);
}

Status read_modules(JsonReader& in, v1::Genesis& out) {
  TRY_STATUS(in.expect('{'));
  if (in.take('}')) return {};
  do {
    TRY(const std::string name, in.string());
    TRY_STATUS(in.expect(':'));
    TRY(const auto text, in.value());
    auto* part = out.add_modules();
    part->set_name(name);
    const Module* module = find_module(name);
    if (module == nullptr) return in.error(fmt::format("there is no module \"{}\"", name));
    const auto state = new_state(module);
    if (state == nullptr) continue;
    if (auto read = schema::from_json(text, *state); !read) {
      return tl::unexpected(std::move(read).error().in("genesis of " + name));
    }
    part->set_state(to_string(schema::encode(*state)));
  } while (in.take(','));
  return in.expect('}');
}

Status read_entries(JsonReader& in, v1::Genesis& out) {
  TRY_STATUS(in.expect('['));
  if (in.take(']')) return {};
  do {
    TRY(const auto text, in.value());
    TRY_STATUS(schema::from_json(text, *out.add_entries()));
  } while (in.take(','));
  return in.expect(']');
}

Status read_member(JsonReader& in, v1::Genesis& out) {
  TRY(const std::string name, in.string());
  TRY_STATUS(in.expect(':'));
  if (name == "modules") return read_modules(in, out);
  if (name == "entries") return read_entries(in, out);
  TRY(const auto text, in.value());
  v1::Genesis one;  // the plain fields are read by the schema, one at a time
  TRY_STATUS(schema::from_json(fmt::format("{{{}:{}}}", quote_json(name), text), one));
  out.MergeFrom(one);
  return {};
}

}  // namespace

std::string genesis_to_json(const v1::Genesis& genesis) {
  std::string out = fmt::format(
      "{{\n  \"chain_id\": {},\n  \"time_ms\": \"{}\",\n  \"initial_height\": \"{}\"",
      quote_json(genesis.chain_id()), genesis.time_ms(), genesis.initial_height());
  if (genesis.has_params()) out += ",\n  \"params\": " + schema::to_json(genesis.params());
  if (genesis.has_origin()) out += ",\n  \"origin\": " + schema::to_json(genesis.origin());
  if (!genesis.state_root().empty()) {
    out += fmt::format(",\n  \"state_root\": \"{}\"", to_hex(as_bytes(genesis.state_root())));
  }
  out += ",\n  \"modules\": {";
  for (int i = 0; i < genesis.modules_size(); ++i) {
    out += fmt::format("{}\n    {}: {}", i ? "," : "", quote_json(genesis.modules(i).name()),
                       module_json(genesis.modules(i)));
  }
  out += "\n  },\n  \"entries\": [";
  for (int i = 0; i < genesis.entries_size(); ++i) {
    out += fmt::format("{}\n    {}", i ? "," : "", schema::to_json(genesis.entries(i)));
  }
  return out + "\n  ]\n}\n";
}

Result<v1::Genesis> genesis_from_json(std::string_view text) {
  JsonReader in(text);
  v1::Genesis out;
  TRY_STATUS(in.expect('{'));
  if (!in.take('}')) {
    do {
      TRY_STATUS(read_member(in, out));
    } while (in.take(','));
    TRY_STATUS(in.expect('}'));
  }
  TRY_STATUS(in.end());
  return out;
}

}  // namespace cambium::chain
