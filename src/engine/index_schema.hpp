// The tables of index.db. A changed version drops the file's tables; they are filled again.
#pragma once

namespace cambium::engine {

inline constexpr int kIndexVersion = 1;

inline constexpr const char* kIndexSchema = R"sql(
CREATE TABLE blocks (
  chain TEXT NOT NULL, height INTEGER NOT NULL, hash TEXT NOT NULL, time_ms INTEGER NOT NULL,
  tx_count INTEGER NOT NULL, state_root TEXT NOT NULL, proposer TEXT NOT NULL,
  PRIMARY KEY (chain, height)) WITHOUT ROWID;
CREATE INDEX blocks_by_hash ON blocks (hash);
CREATE TABLE txs (
  chain TEXT NOT NULL, height INTEGER NOT NULL, position INTEGER NOT NULL, hash TEXT NOT NULL,
  time_ms INTEGER NOT NULL, status INTEGER NOT NULL, messages TEXT NOT NULL, signer TEXT NOT NULL,
  fee_ucbm INTEGER NOT NULL, gas_used INTEGER NOT NULL,
  PRIMARY KEY (chain, height, position)) WITHOUT ROWID;
CREATE INDEX txs_by_hash ON txs (hash);
CREATE TABLE account_txs (
  chain TEXT NOT NULL, account TEXT NOT NULL, height INTEGER NOT NULL, position INTEGER NOT NULL,
  PRIMARY KEY (chain, account, height, position)) WITHOUT ROWID;
CREATE TABLE events (
  chain TEXT NOT NULL, type TEXT NOT NULL, height INTEGER NOT NULL, position INTEGER NOT NULL,
  number INTEGER NOT NULL, body BLOB NOT NULL,
  PRIMARY KEY (chain, type, height, position, number)) WITHOUT ROWID;
CREATE TABLE names (
  kind TEXT NOT NULL, id TEXT NOT NULL, chain TEXT NOT NULL, title TEXT NOT NULL,
  PRIMARY KEY (kind, id, chain)) WITHOUT ROWID;
CREATE INDEX names_by_id ON names (id);
)sql";

}  // namespace cambium::engine
