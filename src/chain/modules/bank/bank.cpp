#include "chain/modules/bank/bank.hpp"

#include "chain/modules/bank/genesis.hpp"
#include "chain/modules/bank/invariants.hpp"
#include "chain/modules/bank/queries.hpp"
#include "chain/modules/modules.hpp"

namespace cambium::chain::bank {

Module module() {
  const std::vector<TableId> coins = {kBalances.id(), kSupplies.id()};
  return {
      .name = "bank",
      .prefix = kBankPrefix,
      .messages =
          {
              handler_of<pb::Send>(),
              handler_of<pb::MultiSend>(),
              handler_of<pb::Burn>(),
          },
      .tables = {kBalances.info("balance"), kSupplies.info("supply"), kVestings.info("vesting"),
                 kDenominations.info("denomination")},
      .queries = queries(),
      .invariants = {invariant<SupplyConserved>("bank.supply_conserved", coins),
                     invariant<BalancesSound>("bank.balances_sound", coins)},
      .genesis = chain::genesis<pb::Genesis>(init_genesis),
  };
}

}  // namespace cambium::chain::bank
