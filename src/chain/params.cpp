#include "chain/params.hpp"

#include <fmt/format.h>
#include <google/protobuf/dynamic_message.h>

#include <memory>

#include "base/check.hpp"
#include "chain/modules/registry.hpp"
#include "chain/record.hpp"
#include "schema/json.hpp"
#include "schema/json_reader.hpp"

namespace cambium::chain {
namespace {

using google::protobuf::FieldDescriptor;

ParamVerdict refuse(TxStatus status, std::string why) {
  ParamVerdict verdict;
  verdict.status = status;
  verdict.why = std::move(why);
  return verdict;
}

std::unique_ptr<ProtoMessage> new_record(const ParamsRules& rules) {
  const auto* prototype =
      google::protobuf::MessageFactory::generated_factory()->GetPrototype(rules.record);
  return std::unique_ptr<ProtoMessage>(prototype->New());
}

/// The text of one field's value within a message's JSON; empty when it is not set.
std::string field_json(const ProtoMessage& message, const FieldDescriptor& field) {
  const std::string json = schema::to_json(message);
  schema::JsonReader reader(json);
  if (!reader.expect('{')) return {};
  while (reader.peek() == '"') {
    const auto name = reader.string();
    if (!name || !reader.expect(':')) return {};
    const auto value = reader.value();
    if (!value) return {};
    if (*name == field.name()) return std::string(*value);
    reader.take(',');
  }
  return {};
}

/// Exactly one JSON value, so that the text cannot bring a second field along.
Status one_value(std::string_view json) {
  schema::JsonReader reader(json);
  TRY(const auto value, reader.value());
  static_cast<void>(value);
  return reader.end();
}

/// Sets the one field of `record`, leaving the others.
Status set_field(ProtoMessage& record, const FieldDescriptor& field, std::string_view json) {
  TRY_STATUS(one_value(json));
  const std::unique_ptr<ProtoMessage> given(record.New());
  TRY_STATUS(schema::from_json(fmt::format("{{\"{}\":{}}}", field.name(), json), *given));
  record.GetReflection()->ClearField(&record, &field);
  record.MergeFrom(*given);
  return {};
}

}  // namespace

ParamVerdict try_param(const ReadContext& ctx, const ParamChange& change) {
  const Registry* registry = ctx.environment().registry;
  CHECK(registry != nullptr, "the kernel did not name the chain's registry");
  const Module* module = registry->module(change.module);
  if (module == nullptr || module->params.record == nullptr) {
    return refuse(TxStatus::unknown_parameter,
                  fmt::format("module \"{}\" has no governed parameters here", change.module));
  }
  const ParamsRules& rules = module->params;
  const FieldDescriptor* field = rules.record->FindFieldByName(std::string(change.field));
  if (field == nullptr) {
    return refuse(TxStatus::unknown_parameter,
                  fmt::format("{} has no parameter \"{}\"", change.module, change.field));
  }
  const auto before = new_record(rules);
  if (const auto stored = ctx.get(rules.key)) {
    CHECK(read_record(*stored, *before), "stored parameters do not decode as their type");
  }
  const std::unique_ptr<ProtoMessage> after(before->New());
  after->CopyFrom(*before);
  if (change.value_json.size() > kMaxParamJsonBytes) {
    return refuse(TxStatus::bad_parameter_value, "the value is longer than 16 KiB");
  }
  if (const auto set = set_field(*after, *field, change.value_json); !set) {
    return refuse(TxStatus::bad_parameter_value, set.error().message);
  }
  ParamVerdict verdict;
  verdict.before_json = field_json(*before, *field);
  verdict.after_json = field_json(*after, *field);
  verdict.record = to_string(encode_record(*after));
  if (auto why = rules.refuse(*before, *after)) {
    verdict.status = TxStatus::parameter_refused;
    verdict.why = std::move(*why);
  }
  return verdict;
}

TxStatus change_param(Context& ctx, const ParamChange& change) {
  const ParamVerdict verdict = try_param(ctx, change);
  if (verdict.status != TxStatus::ok) return verdict.status;
  const Module* module = ctx.environment().registry->module(change.module);
  ctx.put(module->params.key, as_bytes(verdict.record));
  ctx.emit("chain.param_changed", {{"module", std::string(change.module)},
                                   {"field", std::string(change.field)},
                                   {"before", verdict.before_json},
                                   {"after", verdict.after_json}});
  return TxStatus::ok;
}

}  // namespace cambium::chain
