#include "chain/modules/registry.hpp"

#include <fmt/format.h>

#include <algorithm>

#include "chain/modules/modules.hpp"

namespace cambium::chain {

const std::vector<Module>& all_modules() {
  static const std::vector<Module> modules = {
      chain_module(),
      accounts::module(),
      bank::module(),
      nodes::module(),
      models::module(),
      evaluation::module(),
      rewards::module(),
      interchain::module(),
      datasets::module(),
      staking::module(),
      governance::module(),
      treasury::module(),
      groups::module(),
      beacon::module(),
      slashing::module(),
  };
  return modules;
}

Result<Registry> Registry::with(const std::vector<std::string>& names) {
  std::vector<std::string> wanted = {"chain", "accounts", "bank"};
  for (const auto& name : names) {
    if (std::ranges::find(wanted, name) == wanted.end()) wanted.push_back(name);
  }
  Registry registry;
  for (const Module& module : all_modules()) {
    const auto at = std::ranges::find(wanted, module.name);
    if (at == wanted.end()) continue;
    wanted.erase(at);
    registry.modules_.push_back(&module);
    for (const auto& handler : module.messages) {
      registry.handlers_.emplace(short_name(*handler.descriptor), &handler);
    }
    for (const auto& table : module.tables) registry.tables_.emplace(table.id, &table);
    for (const auto& rule : module.invariants) {
      for (const TableId id : rule.tables) registry.invariants_[id].push_back(&rule);
    }
  }
  if (!wanted.empty()) {
    return fail(ErrorCode::invalid_input,
                fmt::format("this program has no module \"{}\"; correct the genesis file or use a "
                            "program that has it",
                            wanted.front()));
  }
  return registry;
}

const Module* Registry::module(std::string_view name) const {
  const auto at = std::ranges::find(modules_, name, &Module::name);
  return at == modules_.end() ? nullptr : *at;
}

const MessageHandler* Registry::handler(const google::protobuf::Descriptor& message) const {
  return handler(short_name(message));
}

const MessageHandler* Registry::handler(std::string_view short_name) const {
  const auto at = handlers_.find(short_name);
  return at == handlers_.end() ? nullptr : at->second;
}

const TableInfo* Registry::table(ByteView key) const {
  if (key.size() < 2) return nullptr;
  const auto at = tables_.find(TableId{key[0], key[1]});
  return at == tables_.end() ? nullptr : at->second;
}

std::span<const Invariant* const> Registry::invariants(TableId table) const {
  const auto at = invariants_.find(table);
  if (at == invariants_.end()) return {};
  return at->second;
}

}  // namespace cambium::chain
