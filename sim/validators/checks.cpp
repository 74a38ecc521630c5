#include "sim/validators/checks.hpp"

#include <fmt/format.h>

#include "chain/modules/bank/bank.hpp"
#include "chain/modules/staking/tables.hpp"

namespace cambium::sim {
namespace {

namespace bank = chain::bank;
namespace staking = chain::staking;

template <class Table, class Value>
u128 sum(const state::View& state, const Table& table, Value value) {
  u128 out = 0;
  const Bytes prefix = table.prefix();
  state.scan({prefix, {}}, [&](ByteView, ByteView bytes) {
    out += value(table.decoded(bytes));
    return true;
  });
  return out;
}

std::uint64_t balance(const state::View& state, const chain::Address& account) {
  const auto bytes = state.get(bank::kBalances.key({account, bank::kUcbm}));
  return bytes ? bank::kBalances.decoded(*bytes).amount() : 0;
}

}  // namespace

std::vector<std::string> broken_books(const state::View& state) {
  std::vector<std::string> out;
  const auto stored = state.get(bank::kSupplies.key({bank::kUcbm}));
  const auto supply = stored ? bank::kSupplies.decoded(*stored) : bank::pb::Supply{};
  const u128 owned = sum(state, bank::kBalances, [](const auto& b) { return b.amount(); });
  if (owned != supply.total()) out.push_back("coins appeared or vanished");
  if (supply.total() + supply.burnt() != supply.minted()) {
    out.push_back("the supply is not what was minted less what was burnt");
  }
  const u128 bonded =
      sum(state, staking::kValidators, [](const auto& v) { return v.tokens_ucbm(); });
  const auto held = balance(state, staking::stake_account());
  // Slashes that reach what is unbonding are taken when it ends, so the account may hold more.
  if (held < bonded) out.push_back("less lies in the stake account than is bonded");
  const u128 power = sum(state, staking::kActiveSet, [](const auto& a) { return a.power(); });
  if (power == 0) out.push_back("no validator has power");
  return out;
}

}  // namespace cambium::sim
