#include "chain/detail/invariants.hpp"

#include <algorithm>
#include <fmt/format.h>
#include <google/protobuf/dynamic_message.h>

#include "chain/record.hpp"

namespace cambium::chain::detail {
namespace {

/// Rules about a move from one value to the next.
constexpr std::string_view kOfMoves[] = {"accounts.nonce_moves_forward"};

bool applies(const Invariant& rule, InvariantSubject subject) {
  if (subject == InvariantSubject::effects) return true;
  return std::find(std::begin(kOfMoves), std::end(kOfMoves), rule.name) == std::end(kOfMoves);
}

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

}  // namespace

InvariantCheck& InvariantRun::running(const Invariant* rule) {
  for (auto& one : all_) {
    if (one.rule == rule) return *one.check;
  }
  all_.push_back({rule, rule->begin()});
  return *all_.back().check;
}

void InvariantRun::visit(const state::Change& change) {
  if (auto evidence = malformed(registry_, change)) {
    found_.push_back("chain.entries_well_formed: " + *evidence);
    return;
  }
  for (const Invariant* rule : registry_.invariants({change.key[0], change.key[1]})) {
    if (applies(*rule, subject_)) running(rule).visit(change);
  }
}

std::vector<std::string> InvariantRun::finish(const InvariantScope& scope) {
  for (const auto& one : all_) {
    if (auto evidence = one.check->finalize(scope)) {
      found_.push_back(fmt::format("{}: {}", one.rule->name, *evidence));
    }
  }
  return std::move(found_);
}

std::vector<std::string> violations(const Registry& registry, const state::Diff& diff,
                                    const InvariantScope& scope, InvariantSubject subject) {
  InvariantRun run(registry, subject);
  for (const auto& change : diff) run.visit(change);
  return run.finish(scope);
}

}  // namespace cambium::chain::detail
