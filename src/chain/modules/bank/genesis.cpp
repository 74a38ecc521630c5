// The first coins: denominations, allocations, vesting.
#include <fmt/format.h>

#include "chain/modules/bank/genesis.hpp"

namespace cambium::chain::bank {
namespace {

Status allocate(Context& ctx, const pb::Allocation& allocation) {
  const auto refuse = [&](std::string_view why) {
    return fail(ErrorCode::invalid_input,
                fmt::format("genesis of bank, allocation \"{}\": {}", allocation.purpose(), why));
  };
  if (!is_address(allocation.account())) return refuse("the account is not an address (cbm1...)");
  if (preflight_coin(allocation.coin()) != TxStatus::ok) return refuse("the coin is not valid");
  if (!kDenominations.has(ctx, {allocation.coin().denom()})) {
    return refuse("its denomination is not in the list of denominations");
  }
  const Address account = to_address(allocation.account());
  if (mint(ctx, account, allocation.coin()) != TxStatus::ok) return refuse("the sum overflows");
  if (!allocation.has_vesting()) return {};
  const auto& vesting = allocation.vesting();
  if (vesting.amount_ucbm() > allocation.coin().amount() || vesting.end_ms() <= 0 ||
      vesting.cliff_ms() < 0 || vesting.cliff_ms() > vesting.end_ms()) {
    return refuse("vesting needs amount <= coin and 0 <= cliff_ms <= end_ms");
  }
  if (kVestings.has(ctx, {account})) return refuse("the account already vests another allocation");
  kVestings.put(ctx, {account}, vesting);
  return {};
}

}  // namespace

Status init_genesis(Context& ctx, const pb::Genesis& genesis) {
  for (const auto& denomination : genesis.denominations()) {
    if (!is_denomination(denomination.denom())) {
      return fail(ErrorCode::invalid_input,
                  fmt::format("genesis of bank: \"{}\" is no denomination", denomination.denom()));
    }
    kDenominations.put(ctx, {denomination.denom()}, denomination);
  }
  for (const auto& allocation : genesis.allocations()) TRY_STATUS(allocate(ctx, allocation));
  return {};
}

pb::Genesis standard_genesis(const Buckets& buckets, TimeMs start) {
  constexpr std::int64_t kYearMs = 365LL * 24 * 3'600'000;
  pb::Genesis genesis;
  auto* token = genesis.add_denominations();
  token->set_denom(kUcbm);
  token->set_name("CBM");
  token->set_decimals(6);
  const auto add = [&](const Address& to, const char* purpose, std::uint64_t percent_of_supply) {
    auto* allocation = genesis.add_allocations();
    allocation->set_account(to_field(to));
    allocation->set_purpose(purpose);
    *allocation->mutable_coin() = coin(kGenesisSupply.ucbm / 100 * percent_of_supply);
    return allocation;
  };
  add(buckets.community, "community", 40);
  auto* vesting = add(buckets.team, "team and advisers", 20)->mutable_vesting();
  vesting->set_amount_ucbm(kGenesisSupply.ucbm / 100 * 20);
  vesting->set_start_ms(start.value);
  vesting->set_cliff_ms(kYearMs);
  vesting->set_end_ms(4 * kYearMs);
  add(buckets.foundation, "foundation", 25);
  add(buckets.validators, "initial validators", 10);
  add(buckets.open_sale, "public", 5);
  return genesis;
}

}  // namespace cambium::chain::bank
