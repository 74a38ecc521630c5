#include "cli/commands.hpp"
#include "cli/render.hpp"
#include "client/messages.hpp"

namespace cambium::cli {
namespace {

Result<Json> fields_json(const std::string& type) {
  TRY(const auto fields, client::message_fields(type));
  Json items = Json::array();
  for (const auto& field : fields) items.push_back({{"field", field.name}, {"type", field.type}});
  return items;
}

Status types(Invocation& call) {
  const auto type = call.argument("type");
  if (!type.empty()) {
    TRY(const auto items, fields_json(type));
    show_items(call, {{"items", items}}, {"field", "type"});
    return {};
  }
  Json items = Json::array();
  for (const auto& name : client::message_names()) {
    TRY(const auto fields, fields_json(name));
    std::string names;
    for (const auto& field : fields) {
      names += (names.empty() ? "" : " ") + field["field"].get<std::string>();
    }
    items.push_back({{"type", name}, {"fields", names}});
  }
  show_items(call, {{"items", items}}, {"type", "fields"});
  return {};
}

}  // namespace

Command tx_types_command() {
  return {"tx types",
          "List the messages that a transaction may carry, or the fields of one",
          "cambium tx types bank.Send",
          {{"type", "a message; all when it is left out", Argument::Count::optional}},
          {},
          types};
}

}  // namespace cambium::cli
