#include "gateway/ledger/ledger.hpp"

#include <fmt/format.h>

#include <cstdlib>

#include "base/crash_point.hpp"
#include "gateway/ledger/schema.hpp"

namespace cambium::gateway {
namespace {

const CrashPoint kBetweenLinked("ledger.between_linked");
const CrashPoint kBeforeCommit("ledger.before_commit");
const CrashPoint kAfterCommit("ledger.after_commit");

// Sums to add to the two accounts of a transfer.
struct Movement {
  std::int64_t pending;
  std::int64_t posted;
};

Transfer read_transfer(const Statement& row) {
  Transfer transfer;
  const auto copy_id = [](const Bytes& from, TransferId& to) {
    if (from.size() == to.size()) std::copy(from.begin(), from.end(), to.begin());
  };
  copy_id(row.blob(0), transfer.id);
  transfer.kind = TransferKind(row.number(1));
  transfer.debit = row.text(2);
  transfer.credit = row.text(3);
  transfer.amount = {row.number(4)};
  copy_id(row.blob(5), transfer.hold);
  transfer.note = row.text(6);
  return transfer;
}

bool resolves(TransferKind kind) {
  return kind == TransferKind::capture || kind == TransferKind::release;
}

}  // namespace

struct Ledger::Statements {
  explicit Statements(sqlite3* db)
      : account(db, "SELECT id, kind, debits_pending, debits_posted, credits_pending, "
                    "credits_posted FROM accounts WHERE id = ?"),
        add_account(db, "INSERT OR IGNORE INTO accounts (id, kind) VALUES (?, ?)"),
        debit(db, "UPDATE accounts SET debits_pending = debits_pending + ?, debits_posted = "
                  "debits_posted + ? WHERE id = ?"),
        credit(db, "UPDATE accounts SET credits_pending = credits_pending + ?, credits_posted = "
                   "credits_posted + ? WHERE id = ?"),
        transfer(db, "SELECT id, kind, debit, credit, amount, hold, note FROM transfers "
                     "WHERE id = ?"),
        resolution(db, "SELECT 1 FROM transfers WHERE hold = ?"),
        insert(db, "INSERT INTO transfers (id, kind, debit, credit, amount, hold, note, time_ms) "
                   "VALUES (?, ?, ?, ?, ?, ?, ?, ?)") {}
  Statement account, add_account, debit, credit, transfer, resolution, insert;

  Status move(const std::string& debited, const std::string& credited, Movement by) {
    debit.reset().bind(1, by.pending).bind(2, by.posted).bind(3, debited).step();
    TRY_STATUS(debit.status());
    credit.reset().bind(1, by.pending).bind(2, by.posted).bind(3, credited).step();
    return credit.status();
  }
};

Ledger::Ledger(Database db, const Clock& clock) : db_(std::move(db)), clock_(clock) {}

Result<std::unique_ptr<Ledger>> Ledger::open(const std::filesystem::path& file,
                                             const Clock& clock) {
  TRY(auto db, Database::open(file));
  TRY_STATUS(db.execute(kLedgerSchema));
  std::unique_ptr<Ledger> ledger(new Ledger(std::move(db), clock));
  ledger->statements_ = std::make_shared<Statements>(ledger->db_.handle());
  return ledger;
}

Status Ledger::ensure_account(const std::string& id, AccountKind kind) {
  std::lock_guard lock(mutex_);
  auto& add = statements_->add_account.reset().bind(1, id).bind(2, std::int64_t(kind));
  add.step();
  return add.status();
}

std::optional<LedgerAccount> Ledger::find(const std::string& id) {
  auto& row = statements_->account.reset().bind(1, id);
  if (!row.step()) return std::nullopt;
  LedgerAccount account{row.text(0),     AccountKind(row.number(1)), {row.number(2)},
                        {row.number(3)}, {row.number(4)},            {row.number(5)}};
  row.reset();
  return account;
}

Result<LedgerAccount> Ledger::account(const std::string& id) {
  std::lock_guard lock(mutex_);
  if (auto found = find(id)) return *found;
  return fail(ErrorCode::not_found, fmt::format("there is no credit account {}", id));
}

TransferOutcome Ledger::existing(const Transfer& transfer) {
  auto& row = statements_->transfer.reset().bind(1, ByteView(transfer.id));
  if (!row.step()) return TransferOutcome::done;
  const auto known = read_transfer(row);
  row.reset();
  const bool same = known.kind == transfer.kind && known.amount == transfer.amount &&
                    (resolves(known.kind) ? known.hold == transfer.hold
                                          : known.debit == transfer.debit &&
                                                known.credit == transfer.credit);
  return same ? TransferOutcome::exists : TransferOutcome::exists_with_different_amount;
}

Status Ledger::insert(const Transfer& transfer) {
  auto& row = statements_->insert.reset()
                  .bind(1, ByteView(transfer.id))
                  .bind(2, std::int64_t(transfer.kind))
                  .bind(3, transfer.debit)
                  .bind(4, transfer.credit)
                  .bind(5, transfer.amount.micro)
                  .bind(7, transfer.note)
                  .bind(8, clock_.now().value);
  if (resolves(transfer.kind)) row.bind(6, ByteView(transfer.hold));
  row.step();
  return row.status();
}

TransferOutcome Ledger::resolve_hold(const Transfer& transfer, Status& failure) {
  auto& row = statements_->transfer.reset().bind(1, ByteView(transfer.hold));
  if (!row.step()) return TransferOutcome::hold_not_found;
  const auto hold = read_transfer(row);
  row.reset();
  if (hold.kind != TransferKind::hold) return TransferOutcome::hold_not_found;
  auto& resolution = statements_->resolution.reset().bind(1, ByteView(transfer.hold));
  const bool resolved = resolution.step();
  resolution.reset();
  if (resolved) return TransferOutcome::hold_already_resolved;
  if (transfer.amount > hold.amount) return TransferOutcome::exceeds_hold;

  Transfer made = transfer;
  made.debit = hold.debit;
  made.credit = hold.credit;
  const auto posted = transfer.kind == TransferKind::capture ? transfer.amount.micro : 0;
  failure = statements_->move(hold.debit, hold.credit, {-hold.amount.micro, posted});
  if (failure) failure = insert(made);
  return TransferOutcome::done;
}

TransferOutcome Ledger::apply_one(const Transfer& transfer, Status& failure) {
  if (const auto known = existing(transfer); known != TransferOutcome::done) return known;
  if (transfer.amount.micro < 0) return TransferOutcome::amount_not_positive;
  if (resolves(transfer.kind)) return resolve_hold(transfer, failure);
  if (transfer.amount.micro == 0) return TransferOutcome::amount_not_positive;
  const auto debit = find(transfer.debit);
  const auto credit = find(transfer.credit);
  if (!debit || !credit) return TransferOutcome::account_not_found;
  if (debit->kind == AccountKind::user && debit->available() < transfer.amount) {
    return TransferOutcome::exceeds_credits;
  }
  const auto amount = transfer.amount.micro;
  const bool hold = transfer.kind == TransferKind::hold;
  failure = statements_->move(transfer.debit, transfer.credit,
                              hold ? Movement{amount, 0} : Movement{0, amount});
  if (failure) failure = insert(transfer);
  return TransferOutcome::done;
}

Status Ledger::insert(const Evidence& evidence) {
  Statement row(db_.handle(), "INSERT OR IGNORE INTO evidence (id, body) VALUES (?, ?)");
  row.bind(1, evidence.id.view()).bind(2, evidence.body).step();
  return row.status();
}

Status Ledger::commit() {
  kBeforeCommit.pass();
  TRY_STATUS(db_.execute("COMMIT"));
  kAfterCommit.pass();
  return {};
}

Result<std::vector<TransferOutcome>> Ledger::apply(std::span<const Transfer> linked,
                                                   const std::optional<Evidence>& evidence) {
  std::lock_guard lock(mutex_);
  TRY_STATUS(db_.execute("BEGIN IMMEDIATE"));
  std::vector<TransferOutcome> outcomes(linked.size(), TransferOutcome::linked_failed);
  bool refused = false;
  Status failure;
  for (std::size_t i = 0; i < linked.size() && failure && !refused; ++i) {
    outcomes[i] = apply_one(linked[i], failure);
    refused = outcomes[i] != TransferOutcome::done && outcomes[i] != TransferOutcome::exists;
    kBetweenLinked.pass();
  }
  if (failure && !refused && evidence) failure = insert(*evidence);
  if (failure && !refused) failure = commit();
  if (!failure || refused) {
    (void)db_.execute("ROLLBACK");
    for (auto& outcome : outcomes) {
      if (outcome == TransferOutcome::done) outcome = TransferOutcome::linked_failed;
    }
  }
  if (!failure) return forward_error(std::move(failure));
  return outcomes;
}

Result<TransferOutcome> Ledger::apply(const Transfer& transfer) {
  TRY(const auto outcomes, apply(std::span(&transfer, 1)));
  return outcomes.front();
}

Result<std::vector<Transfer>> Ledger::open_holds() {
  std::lock_guard lock(mutex_);
  Statement rows(db_.handle(),
                 "SELECT id, kind, debit, credit, amount, hold, note FROM transfers h WHERE "
                 "kind = 2 AND NOT EXISTS (SELECT 1 FROM transfers r WHERE r.hold = h.id) "
                 "ORDER BY seq");
  std::vector<Transfer> holds;
  while (rows.step()) holds.push_back(read_transfer(rows));
  TRY_STATUS(rows.status());
  return holds;
}

Result<std::vector<Evidence>> Ledger::evidence() {
  std::lock_guard lock(mutex_);
  Statement rows(db_.handle(), "SELECT id, body FROM evidence");
  std::vector<Evidence> kept;
  while (rows.step()) {
    kept.push_back({Hash::from(rows.blob(0)).value_or(Hash{}), rows.text(1)});
  }
  TRY_STATUS(rows.status());
  return kept;
}

Status Ledger::forget_evidence(const Hash& id) {
  std::lock_guard lock(mutex_);
  Statement row(db_.handle(), "DELETE FROM evidence WHERE id = ?");
  row.bind(1, id.view()).step();
  return row.status();
}

Result<std::vector<Transfer>> Ledger::history(const std::string& account, int limit) {
  std::lock_guard lock(mutex_);
  Statement rows(db_.handle(),
                 "SELECT id, kind, debit, credit, amount, hold, note FROM transfers WHERE "
                 "debit = ?1 OR credit = ?1 ORDER BY seq DESC LIMIT ?2");
  rows.bind(1, account).bind(2, std::int64_t(limit));
  std::vector<Transfer> transfers;
  while (rows.step()) transfers.push_back(read_transfer(rows));
  TRY_STATUS(rows.status());
  return transfers;
}

Result<bool> Ledger::reconciles() {
  std::lock_guard lock(mutex_);
  Statement wrong(db_.handle(), kReconcile);
  wrong.step();
  TRY_STATUS(wrong.status());
  Statement totals(db_.handle(),
                   "SELECT COALESCE(SUM(debits_posted) - SUM(credits_posted), 0), "
                   "COALESCE(SUM(debits_pending) - SUM(credits_pending), 0) FROM accounts");
  totals.step();
  TRY_STATUS(totals.status());
  return wrong.number(0) == 0 && totals.number(0) == 0 && totals.number(1) == 0;
}

}  // namespace cambium::gateway
