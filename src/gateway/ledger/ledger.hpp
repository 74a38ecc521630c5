// The credit ledger: double entry, immutable transfers, two-phase holds, exact integers.
//
// An account keeps four sums that only grow (debits and credits, pending and posted) except that
// resolving a hold takes it out of the pending sums; a balance is never stored, always derived.
// A transfer is one debit and one credit and is never changed; the caller makes its 128-bit id
// and keeps it, so that a retry is recognised. The model follows TigerBeetle's published one.
#pragma once

#include <array>
#include <filesystem>
#include <memory>
#include <mutex>
#include <optional>
#include <span>
#include <string>
#include <vector>

#include "base/clock.hpp"
#include "base/ids.hpp"
#include "base/random.hpp"
#include "gateway/ledger/sqlite.hpp"

namespace cambium::gateway {

/// Micro-credits: 1 USD = 1000 credits = 10^9 of these.
struct Credits {
  std::int64_t micro = 0;
  auto operator<=>(const Credits&) const = default;
};

inline constexpr std::int64_t kMicroPerCredit = 1'000'000;

/// "1.234567": credits with six decimals, exact.
std::string to_text(Credits amount);

using TransferId = std::array<std::uint8_t, 16>;
TransferId random_transfer_id(Random& random);

enum class AccountKind : std::uint8_t { user = 1, revenue = 2, issuer = 3, escrow = 4 };

struct LedgerAccount {
  std::string id;  // "user:demo", "revenue", "issuer"
  AccountKind kind = AccountKind::user;
  Credits debits_pending, debits_posted, credits_pending, credits_posted;

  /// What a user may still spend: posted credits less posted and pending debits.
  Credits available() const {
    return {credits_posted.micro - debits_posted.micro - debits_pending.micro};
  }
};

enum class TransferKind : std::uint8_t { posted = 1, hold = 2, capture = 3, release = 4 };

struct Transfer {
  TransferId id{};
  TransferKind kind = TransferKind::posted;
  std::string debit;   // account ids; empty for capture and release, which take the hold's
  std::string credit;
  Credits amount;      // capture: at most the hold's; the rest is released
  TransferId hold{};   // capture and release only
  std::string note;    // request id or reason; not interpreted
};

/// What has to reach the chain because of a transfer; stored together with it.
struct Evidence {
  Hash id;
  std::string body;
};

enum class TransferOutcome : std::uint8_t {
  done,
  exists,                        // the same transfer was made before: success for a retry
  exists_with_different_amount,  // the id is taken by another transfer
  account_not_found,
  amount_not_positive,
  exceeds_credits,  // the debited user account would go below zero
  hold_not_found,
  hold_already_resolved,
  exceeds_hold,
  linked_failed,  // another transfer of the same call failed, so none was made
};

std::string_view name(TransferOutcome outcome);

class Ledger {
 public:
  static Result<std::unique_ptr<Ledger>> open(const std::filesystem::path& file,
                                              const Clock& clock);

  /// Makes the account unless it exists.
  Status ensure_account(const std::string& id, AccountKind kind);
  Result<LedgerAccount> account(const std::string& id);

  /// All or nothing, durable before it returns; one outcome per transfer, in order.
  Result<std::vector<TransferOutcome>> apply(std::span<const Transfer> linked,
                                             const std::optional<Evidence>& evidence = {});
  Result<TransferOutcome> apply(const Transfer& transfer);

  /// Holds without a capture or release, oldest first: what a crash left behind.
  Result<std::vector<Transfer>> open_holds();
  /// Evidence kept and not yet forgotten.
  Result<std::vector<Evidence>> evidence();
  Status forget_evidence(const Hash& id);
  /// Newest first.
  Result<std::vector<Transfer>> history(const std::string& account, int limit);

  /// True when the four sums of every account equal those recomputed from the transfers and
  /// total debits equal total credits.
  Result<bool> reconciles();

 private:
  Ledger(Database db, const Clock& clock);
  struct Statements;
  TransferOutcome apply_one(const Transfer& transfer, Status& failure);
  TransferOutcome resolve_hold(const Transfer& transfer, Status& failure);
  TransferOutcome existing(const Transfer& transfer);
  std::optional<LedgerAccount> find(const std::string& id);
  Status insert(const Transfer& transfer);
  Status insert(const Evidence& evidence);
  Status commit();

  std::mutex mutex_;
  Database db_;
  const Clock& clock_;
  std::shared_ptr<Statements> statements_;
};

}  // namespace cambium::gateway
