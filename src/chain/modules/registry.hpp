// Every module there is, and the ones a chain has.
#pragma once

#include <map>
#include <span>
#include <string>
#include <vector>

#include "chain/module.hpp"

namespace cambium::chain {

/// In the order of their prefixes; built once.
const std::vector<Module>& all_modules();

/// What one chain understands. Immutable; made from the module names of its genesis.
class Registry {
 public:
  /// `invalid_input` for a name that is no module or comes twice. "chain" and "accounts" and
  /// "bank" are always there.
  static Result<Registry> with(const std::vector<std::string>& names);

  std::span<const Module* const> modules() const { return modules_; }
  /// nullptr when the chain does not have it.
  const Module* module(std::string_view name) const;
  const MessageHandler* handler(const google::protobuf::Descriptor& message) const;
  /// By short name: "bank.Send".
  const MessageHandler* handler(std::string_view short_name) const;
  const TableInfo* table(ByteView key) const;
  std::span<const Invariant* const> invariants(TableId table) const;

 private:
  std::vector<const Module*> modules_;
  std::map<std::string, const MessageHandler*, std::less<>> handlers_;  // by short name
  std::map<TableId, const TableInfo*> tables_;
  std::map<TableId, std::vector<const Invariant*>> invariants_;
};

}  // namespace cambium::chain
