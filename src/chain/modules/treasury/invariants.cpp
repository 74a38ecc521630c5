#include "chain/modules/treasury/invariants.hpp"

#include "chain/modules/bank/bank.hpp"
#include "chain/modules/treasury/treasury.hpp"

namespace cambium::chain::treasury {
namespace {

__extension__ using i128 = __int128;  // differences of sums of 64-bit amounts

i128 open_of(const pb::Stream& stream) {
  return i128(stream.amount_ucbm()) - i128(stream.paid_ucbm());
}

i128 open_of(const pb::Grant& grant) {
  i128 sum = 0;
  for (const auto& state : grant.milestones()) {
    if (state.status() == pb::MILESTONE_STATUS_OPEN) sum += state.milestone().amount_ucbm();
  }
  return sum;
}

i128 open_of(const pb::Bounty& bounty) {
  return bounty.status() == pb::BOUNTY_STATUS_OPEN ? i128(bounty.amount_ucbm()) : i128{0};
}

i128 open_of(const pb::Dispute& dispute) { return dispute.deposit_ucbm(); }

class PromisesCheck final : public InvariantCheck {
 public:
  void visit(const state::Change& change) override {
    add(promised_, kStreams, change);
    add(promised_, kGrants, change);
    add(promised_, kBounties, change);
    add(held_, kDisputes, change);
    if (!is_of(change, kBook.id())) return;
    const auto read = [](const auto& bytes) { return decltype(kBook)::decoded(bytes); };
    if (change.after) {
      promised_ -= read(*change.after).promised_ucbm();
      held_ -= read(*change.after).held_ucbm();
    }
    if (change.before) {
      promised_ += read(*change.before).promised_ucbm();
      held_ += read(*change.before).held_ucbm();
    }
  }

  std::optional<std::string> finalize(const InvariantScope& scope) override {
    if (promised_ != 0) return "the treasury's promises do not add up to their total";
    if (held_ != 0) return "the deposits of disputes do not add up to their total";
    const auto record = scope.after.get(kBook.key({}));
    if (!record) return std::nullopt;
    const auto book = decltype(kBook)::decoded(*record);
    if (balance(scope, treasury_account()) < book.promised_ucbm()) {
      return "the treasury holds less than it has promised";
    }
    if (balance(scope, disputes_account()) < book.held_ucbm()) {
      return "the disputes account holds less than its deposits";
    }
    return std::nullopt;
  }

 private:
  static bool is_of(const state::Change& change, TableId id) {
    return change.key[0] == id.module && change.key[1] == id.table;
  }
  template <class Table>
  static void add(i128& sum, const Table& table, const state::Change& change) {
    if (!is_of(change, table.id())) return;
    if (change.after) sum += open_of(Table::decoded(*change.after));
    if (change.before) sum -= open_of(Table::decoded(*change.before));
  }
  static std::uint64_t balance(const InvariantScope& scope, const Address& account) {
    const auto record = scope.after.get(bank::kBalances.key({account, bank::kUcbm}));
    return record ? decltype(bank::kBalances)::decoded(*record).amount() : 0;
  }

  i128 promised_ = 0;
  i128 held_ = 0;
};

}  // namespace

Invariant promises_are_covered() {
  return invariant<PromisesCheck>("treasury.promises_are_covered",
                                  {bank::kBalances.id(), kBook.id(), kStreams.id(), kGrants.id(),
                                   kBounties.id(), kDisputes.id()});
}

}  // namespace cambium::chain::treasury
