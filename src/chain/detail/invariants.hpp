// Runs every invariant that is routed to a touched entry.
#pragma once

#include "chain/modules/registry.hpp"

namespace cambium::chain::detail {

/// What a run looks at: the effects of a message or step, or a whole state as if it came from
/// nothing, where rules about how an entry may move say nothing.
enum class InvariantSubject : std::uint8_t { effects, whole_state };

/// All invariants over one run of entries, in key order.
class InvariantRun {
 public:
  /// The registry is borrowed.
  InvariantRun(const Registry& registry, InvariantSubject subject)
      : registry_(registry), subject_(subject) {}
  void visit(const state::Change& change);
  /// What is already known to be wrong, one sentence each.
  const std::vector<std::string>& found() const { return found_; }
  /// All of it.
  std::vector<std::string> finish(const InvariantScope& scope);

 private:
  struct Running {
    const Invariant* rule;
    std::unique_ptr<InvariantCheck> check;
  };
  InvariantCheck& running(const Invariant* rule);

  const Registry& registry_;
  InvariantSubject subject_;
  std::vector<Running> all_;
  std::vector<std::string> found_;
};

/// One sentence a violation; empty when everything holds. All checks run, so that all are told.
std::vector<std::string> violations(const Registry& registry, const state::Diff& diff,
                                    const InvariantScope& scope,
                                    InvariantSubject subject = InvariantSubject::effects);

}  // namespace cambium::chain::detail
