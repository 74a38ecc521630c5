#include "chain/detail/invariants.hpp"

#include <fmt/format.h>
#include <google/protobuf/dynamic_message.h>

#include "chain/record.hpp"

namespace cambium::chain::detail {
namespace {

struct Running {
  const Invariant* rule;
  std::unique_ptr<InvariantCheck> check;
};

/// Every entry belongs to a table and decodes as its type: the rule that covers all types.
std::optional<std::string> malformed(const Registry& registry, const state::Change& change) {
  const TableInfo* table = registry.table(change.key);
  if (table == nullptr) {
    return fmt::format("entry {} belongs to no table of this chain", to_hex(change.key));
  }
  if (!change.after || table->value == nullptr) return std::nullopt;
  const auto* prototype =
      google::protobuf::MessageFactory::generated_factory()->GetPrototype(table->value);
  const std::unique_ptr<ProtoMessage> record(prototype->New());
  if (decode_record(*change.after, *record)) return std::nullopt;
  return fmt::format("entry {} is not a canonical {}", to_hex(change.key), table->label);
}

InvariantCheck& running(std::vector<Running>& all, const Invariant* rule) {
  for (auto& one : all) {
    if (one.rule == rule) return *one.check;
  }
  all.push_back({rule, rule->begin()});
  return *all.back().check;
}

}  // namespace

std::vector<std::string> violations(const Registry& registry, const state::Diff& diff,
                                    const InvariantScope& scope) {
  std::vector<std::string> found;
  std::vector<Running> all;
  for (const auto& change : diff) {
    if (auto evidence = malformed(registry, change)) {
      found.push_back("chain.entries_well_formed: " + *evidence);
      continue;
    }
    for (const Invariant* rule : registry.invariants({change.key[0], change.key[1]})) {
      running(all, rule).visit(change);
    }
  }
  for (const auto& one : all) {
    if (auto evidence = one.check->finalize(scope)) {
      found.push_back(fmt::format("{}: {}", one.rule->name, *evidence));
    }
  }
  return found;
}

}  // namespace cambium::chain::detail
