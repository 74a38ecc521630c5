// The ledger's tables.
#pragma once

namespace cambium::gateway {

/// Sums are kept beside the transfers so that a balance is one row; `reconciles` compares them.
inline constexpr const char* kLedgerSchema = R"sql(
CREATE TABLE IF NOT EXISTS accounts (
  id TEXT PRIMARY KEY,
  kind INTEGER NOT NULL,
  debits_pending INTEGER NOT NULL DEFAULT 0 CHECK (debits_pending >= 0),
  debits_posted INTEGER NOT NULL DEFAULT 0 CHECK (debits_posted >= 0),
  credits_pending INTEGER NOT NULL DEFAULT 0 CHECK (credits_pending >= 0),
  credits_posted INTEGER NOT NULL DEFAULT 0 CHECK (credits_posted >= 0)
) STRICT, WITHOUT ROWID;
CREATE TABLE IF NOT EXISTS transfers (
  seq INTEGER PRIMARY KEY,
  id BLOB NOT NULL UNIQUE,
  kind INTEGER NOT NULL,
  debit TEXT NOT NULL REFERENCES accounts (id),
  credit TEXT NOT NULL REFERENCES accounts (id),
  amount INTEGER NOT NULL CHECK (amount >= 0),
  hold BLOB,
  note TEXT NOT NULL,
  time_ms INTEGER NOT NULL
) STRICT;
CREATE TABLE IF NOT EXISTS evidence (
  id BLOB PRIMARY KEY,
  body TEXT NOT NULL
) STRICT, WITHOUT ROWID;
CREATE UNIQUE INDEX IF NOT EXISTS one_resolution ON transfers (hold) WHERE hold IS NOT NULL;
CREATE INDEX IF NOT EXISTS by_debit ON transfers (debit, seq);
CREATE INDEX IF NOT EXISTS by_credit ON transfers (credit, seq);
)sql";

/// Accounts whose sums differ from their transfers: none in a healthy ledger.
inline constexpr const char* kReconcile = R"sql(
WITH moves (account, dp, dd, cp, cc) AS (
  SELECT debit, 0, amount, 0, 0 FROM transfers WHERE kind IN (1, 3)
  UNION ALL SELECT credit, 0, 0, 0, amount FROM transfers WHERE kind IN (1, 3)
  UNION ALL SELECT h.debit, h.amount, 0, 0, 0 FROM transfers h WHERE h.kind = 2
    AND NOT EXISTS (SELECT 1 FROM transfers r WHERE r.hold = h.id)
  UNION ALL SELECT h.credit, 0, 0, h.amount, 0 FROM transfers h WHERE h.kind = 2
    AND NOT EXISTS (SELECT 1 FROM transfers r WHERE r.hold = h.id)
), sums AS (
  SELECT account, SUM(dp) dp, SUM(dd) dd, SUM(cp) cp, SUM(cc) cc FROM moves GROUP BY account
)
SELECT COUNT(*) FROM accounts a LEFT JOIN sums s ON s.account = a.id
WHERE a.debits_pending <> COALESCE(s.dp, 0) OR a.debits_posted <> COALESCE(s.dd, 0)
   OR a.credits_pending <> COALESCE(s.cp, 0) OR a.credits_posted <> COALESCE(s.cc, 0)
)sql";

}  // namespace cambium::gateway
