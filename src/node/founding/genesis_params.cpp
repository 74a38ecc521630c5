#include "node/founding/genesis_params.hpp"

#include <fmt/format.h>
#include <google/protobuf/message.h>

#include <memory>

#include "chain/genesis.hpp"
#include "schema/canonical.hpp"
#include "schema/json.hpp"

namespace cambium::node {
namespace {

using google::protobuf::FieldDescriptor;
using google::protobuf::Message;

struct Assignment {
  std::string module;
  std::string field;
  std::string value_json;
};

std::string_view trimmed(std::string_view text) {
  const auto first = text.find_first_not_of(' ');
  if (first == text.npos) return {};
  return text.substr(first, text.find_last_not_of(' ') - first + 1);
}

Result<Assignment> parse(std::string_view text) {
  const auto dot = text.find('.');
  const auto equals = text.find('=');
  if (dot == text.npos || equals == text.npos || dot > equals) {
    return fail(ErrorCode::invalid_input,
                fmt::format("`{}` is no parameter: write MODULE.FIELD=VALUE, for example "
                            "governance.stake_window_ms=60000.", text));
  }
  return Assignment{std::string(trimmed(text.substr(0, dot))),
                    std::string(trimmed(text.substr(dot + 1, equals - dot - 1))),
                    std::string(trimmed(text.substr(equals + 1)))};
}

Status set_field(Message& params, const Assignment& wanted) {
  const auto* field = params.GetDescriptor()->FindFieldByName(wanted.field);
  if (field == nullptr) {
    return fail(ErrorCode::invalid_input,
                fmt::format("{} has no parameter `{}`; `cambium query module {}.params` shows "
                            "those of a running network.",
                            wanted.module, wanted.field, wanted.module));
  }
  const std::unique_ptr<Message> given(params.New());
  const auto json = fmt::format("{{\"{}\":{}}}", wanted.field, wanted.value_json);
  if (auto read = schema::from_json(json, *given); !read) {
    return tl::unexpected(
        std::move(read).error().in(fmt::format("{}.{}", wanted.module, wanted.field)));
  }
  params.GetReflection()->ClearField(&params, field);
  params.MergeFrom(*given);
  return {};
}

/// Every module with parameters has them in a field of that name of its genesis.
Status set_in_module(const chain::Registry& registry, chain::v1::ModuleGenesis& part,
                     const Assignment& wanted) {
  const chain::Module* module = registry.module(wanted.module);
  const auto* descriptor = module == nullptr ? nullptr : module->genesis.message;
  const auto* field = descriptor == nullptr ? nullptr : descriptor->FindFieldByName("params");
  if (field == nullptr) {
    return fail(ErrorCode::invalid_input,
                fmt::format("Module {} has no parameters in its genesis.", wanted.module));
  }
  const auto* prototype =
      google::protobuf::MessageFactory::generated_factory()->GetPrototype(descriptor);
  const std::unique_ptr<Message> state(prototype->New());
  TRY_STATUS(schema::decode(as_bytes(part.state()), *state));
  TRY_STATUS(set_field(*state->GetReflection()->MutableMessage(state.get(), field), wanted));
  part.set_state(to_string(schema::encode(*state)));
  return {};
}

Status set_param(const chain::Registry& registry, chain::v1::Genesis& genesis,
                 const Assignment& wanted) {
  if (wanted.module == "chain") return set_field(*genesis.mutable_params(), wanted);
  for (auto& part : *genesis.mutable_modules()) {
    if (part.name() == wanted.module) return set_in_module(registry, part, wanted);
  }
  return fail(ErrorCode::invalid_input,
              fmt::format("This network has no module `{}`.", wanted.module));
}

}  // namespace

Status set_genesis_params(chain::v1::Genesis& genesis, std::string_view assignments) {
  if (trimmed(assignments).empty()) return {};
  TRY(const auto registry, chain::registry_for(genesis));
  while (!assignments.empty()) {
    const auto comma = assignments.find(',');
    TRY(const auto wanted, parse(assignments.substr(0, comma)));
    TRY_STATUS(set_param(registry, genesis, wanted));
    assignments = comma == assignments.npos ? "" : assignments.substr(comma + 1);
  }
  TRY(const auto first_state, chain::init_genesis(registry, genesis));
  static_cast<void>(first_state);
  return {};
}

}  // namespace cambium::node
