#include "chain/modules/bank/bank.hpp"

#include "chain/modules/modules.hpp"

namespace cambium::chain::bank {

Module module() {
  return {
      .name = "bank",
      .prefix = kBankPrefix,
      .messages =
          {
              handler_of<pb::Send>(),
          },
      .tables = {kBalances.info("balance"), kSupplies.info("supply"), kVestings.info("vesting"),
                 kDenominations.info("denomination")},
  };
}

}  // namespace cambium::chain::bank
