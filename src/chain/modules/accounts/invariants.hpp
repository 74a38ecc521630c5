// Rules about accounts that hold whoever wrote the handler.
#pragma once

#include <map>
#include <string>

#include "chain/invariant.hpp"
#include "chain/modules/accounts/accounts.hpp"

namespace cambium::chain::accounts {

/// A nonce never moves back, nor by more than a message may reserve; no account disappears.
class NonceMovesForward : public InvariantCheck {
 public:
  void visit(const state::Change& change) override;
  std::optional<std::string> finalize(const InvariantScope&) override { return evidence_; }

 private:
  std::optional<std::string> evidence_;
};

/// An account's count of open tickets moves with the tickets.
class TicketsCounted : public InvariantCheck {
 public:
  void visit(const state::Change& change) override;
  std::optional<std::string> finalize(const InvariantScope&) override;

 private:
  std::map<Address, std::int64_t> counted_minus_there_;
};

/// A grant and the entry by which its grantee finds it come and go together.
class GrantsFindable : public InvariantCheck {
 public:
  void visit(const state::Change& change) override;
  std::optional<std::string> finalize(const InvariantScope&) override;

 private:
  std::int64_t grants_ = 0;
  std::int64_t refs_ = 0;
};

}  // namespace cambium::chain::accounts
