// Rules about entries that hold after every message, whoever wrote the handler.
#pragma once

#include <functional>
#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "chain/context.hpp"
#include "chain/keys.hpp"

namespace cambium::chain {

/// One message's (or step's) view for `finalize`.
struct InvariantScope {
  Privileges privileges;
  const state::View& after;
};

/// One run over the entries touched by one message.
class InvariantCheck {
 public:
  virtual ~InvariantCheck() = default;
  /// Called for every touched entry of the tables the invariant is routed to, in key order.
  virtual void visit(const state::Change& change) = 0;
  /// Evidence of a violation as a sentence; nothing when the rule holds.
  virtual std::optional<std::string> finalize(const InvariantScope& scope) = 0;
};

struct Invariant {
  std::string_view name;         // "bank.supply_conserved"
  std::vector<TableId> tables;   // whose entries it sees
  std::function<std::unique_ptr<InvariantCheck>()> begin;
};

template <class Check>
Invariant invariant(std::string_view name, std::vector<TableId> tables) {
  return {name, std::move(tables), [] { return std::make_unique<Check>(); }};
}

}  // namespace cambium::chain
