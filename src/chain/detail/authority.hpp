// Who may act for another account, and who pays for another's transaction.
#pragma once

#include "base/amount.hpp"
#include "chain/pipeline.hpp"

namespace cambium::chain::detail {

/// The actor has a live grant for every message it sends for another account; the sponsor's
/// allowance covers the offered fee and these messages.
TxStatus authorised(const ReadContext& ctx, const Tx& tx);

/// What message `i` may take out of its sender's pocket when a grant stands behind it: measured
/// around the message, charged afterwards.
class GrantMeter {
 public:
  GrantMeter(const ReadContext& ctx, const Tx& tx, std::size_t i);
  /// grant_overspent when nothing was left of the grant, or less than the message took.
  TxStatus charge(Context& ctx) const;

 private:
  const Tx& tx_;
  std::size_t message_;
  std::uint64_t before_ = 0;
  bool used_up_ = false;
};

/// Takes what was charged out of the sponsor's allowance; nothing without a sponsor.
void charge_sponsor(Context& ctx, const Tx& tx, Amount charged);

}  // namespace cambium::chain::detail
