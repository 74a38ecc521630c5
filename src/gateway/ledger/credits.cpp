#include <fmt/format.h>

#include "gateway/ledger/ledger.hpp"

namespace cambium::gateway {

std::string to_text(Credits amount) {
  const bool negative = amount.micro < 0;
  const auto size = std::uint64_t(negative ? -amount.micro : amount.micro);
  return fmt::format("{}{}.{:06}", negative ? "-" : "", size / kMicroPerCredit,
                     size % kMicroPerCredit);
}

TransferId random_transfer_id(Random& random) {
  TransferId id;
  random.fill(id);
  return id;
}

std::string_view name(TransferOutcome outcome) {
  switch (outcome) {
    case TransferOutcome::done: return "done";
    case TransferOutcome::exists: return "exists";
    case TransferOutcome::exists_with_different_amount: return "exists_with_different_amount";
    case TransferOutcome::account_not_found: return "account_not_found";
    case TransferOutcome::amount_not_positive: return "amount_not_positive";
    case TransferOutcome::exceeds_credits: return "exceeds_credits";
    case TransferOutcome::hold_not_found: return "hold_not_found";
    case TransferOutcome::hold_already_resolved: return "hold_already_resolved";
    case TransferOutcome::exceeds_hold: return "exceeds_hold";
    case TransferOutcome::linked_failed: return "linked_failed";
  }
  return "unknown";
}

}  // namespace cambium::gateway
