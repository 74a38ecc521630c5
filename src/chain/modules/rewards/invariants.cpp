#include "chain/modules/rewards/invariants.hpp"

#include "chain/modules/bank/bank.hpp"
#include "chain/modules/rewards/rewards.hpp"

namespace cambium::chain::rewards {
namespace {

bool is_table(ByteView key, TableId id) {
  return key.size() >= 2 && key[0] == id.module && key[1] == id.table;
}

/// Signed change of a sum of amounts, kept as two sums so that neither goes below zero.
struct Movement {
  u128 in = 0;
  u128 out = 0;
};

class OwesCheck final : public InvariantCheck {
 public:
  void visit(const state::Change& change) override {
    if (is_table(change.key, bank::kBalances.id())) {
      if (equal(change.key, bank::kBalances.key({rewards_account(), bank::kUcbm}))) {
        add(held_, change, [](ByteView bytes) {
          return u128(decltype(bank::kBalances)::decoded(bytes).amount()) * kNano;
        });
      }
    } else if (is_table(change.key, kEscrows.id())) {
      add(owed_, change, [](ByteView bytes) {
        const auto escrow = decltype(kEscrows)::decoded(bytes);
        return u128(escrow.balance_ucbm()) * kNano + escrow.balance_nano();
      });
    } else {
      add(owed_, change,
          [](ByteView bytes) { return owed_nano(decltype(kAccruals)::decoded(bytes)); });
    }
  }
  std::optional<std::string> finalize(const InvariantScope&) override {
    if (held_.in + owed_.out == owed_.in + held_.out) return std::nullopt;
    return "the rewards account's balance moved by another amount than what it owes";
  }

 private:
  template <class Read>
  static void add(Movement& sum, const state::Change& change, Read read) {
    if (change.after) sum.in += read(*change.after);
    if (change.before) sum.out += read(*change.before);
  }
  Movement held_;
  Movement owed_;
};

class MintCheck final : public InvariantCheck {
 public:
  void visit(const state::Change& change) override {
    // What exists before the first block is genesis, not minting.
    if (!change.before || !change.after) return;
    if (is_table(change.key, kPools.id())) {
      const auto after = decltype(kPools)::decoded(*change.after);
      booked_ = after.minted_total_ucbm() -
                decltype(kPools)::decoded(*change.before).minted_total_ucbm();
      window_ = after.minted_window_ucbm();
    } else if (equal(change.key, bank::kSupplies.key({bank::kUcbm}))) {
      minted_ = decltype(bank::kSupplies)::decoded(*change.after).minted() -
                decltype(bank::kSupplies)::decoded(*change.before).minted();
    }
  }
  std::optional<std::string> finalize(const InvariantScope& scope) override {
    if (minted_ == 0) return std::nullopt;
    if (booked_ != minted_) return "ucbm were minted outside the emission's books";
    std::uint64_t base = 0;
    const Bytes below = kDayMints.prefix();
    scope.after.scan({below, {}}, [&](ByteView, ByteView value) {
      base = decltype(kDayMints)::decoded(value).supply_ucbm();
      return false;
    });
    const auto params = scope.after.get(kRewardParams.key({}));
    const auto cap =
        params ? decltype(kRewardParams)::decoded(*params).mint_cap_nano() : std::uint64_t{0};
    if (u128(window_) * kNano > u128(base) * cap) {
      return "more was minted in 365 days than the cap allows";
    }
    return std::nullopt;
  }

 private:
  std::uint64_t minted_ = 0;
  std::uint64_t booked_ = 0;
  std::uint64_t window_ = 0;
};

}  // namespace

Invariant owes_what_it_holds() {
  return invariant<OwesCheck>("rewards.owes_what_it_holds",
                              {bank::kBalances.id(), kEscrows.id(), kAccruals.id()});
}

Invariant mints_within_cap() {
  return invariant<MintCheck>("rewards.mints_within_cap", {bank::kSupplies.id(), kPools.id()});
}

}  // namespace cambium::chain::rewards
