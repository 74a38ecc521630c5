// Views over both chains for people: blocks, transactions, accounts, search. A SQLite file that can
// be deleted at any time; it is filled again from the chain.
#pragma once

#include <filesystem>
#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "engine/committed_block.hpp"

namespace cambium::engine {

class Engine;

/// At most `limit` rows that come before `before` (newest first); an empty `before` starts at the
/// newest. `next` of the answer continues; it is empty at the end.
struct PageRequest {
  std::string before;
  std::size_t limit = 20;
};
template <class Row>
struct Page {
  std::vector<Row> items;
  std::string next;
};

struct BlockRow {
  Height height;
  Hash hash;
  TimeMs time;
  std::uint64_t tx_count = 0;
  Hash state_root;  // carried by this header: of the state below
  crypto::Address proposer;
};

struct TxRow {
  TxId id;
  Height height;
  std::uint32_t index = 0;
  TimeMs time;
  std::uint32_t status = 0;  // chain::TxStatus
  std::vector<std::string> messages;  // "bank.Send"
  std::string signer;                 // cbm1..., the first one
  std::uint64_t fee_ucbm = 0;
  std::uint64_t gas_used = 0;
};

struct EventRow {
  Height height;
  std::int64_t tx_index = 0;  // -1: end-of-block work
  chain::v1::Event event;
};

struct SearchHit {
  std::string kind;   // block, tx, account, model, expert
  std::string id;
  std::string title;  // a line for people
  std::string chain;  // alias
};

/// Threads may call everything at any time. `chain` is an alias.
class Index {
 public:
  static Result<std::unique_ptr<Index>> open(const std::filesystem::path& file);
  ~Index();

  /// The newest height of a chain that is in the index; 0 for none.
  Height height(const std::string& chain) const;
  /// Adds the next block, in one database transaction; a block already there changes nothing.
  Status add(const std::string& chain, const chain::Registry& registry,
             const CommittedBlock& block);
  /// Adds whatever the engine has and the index lacks.
  Status catch_up(const Engine& engine);

  Result<Page<BlockRow>> blocks(const std::string& chain, const PageRequest& page) const;
  /// All transactions, or those that an account signed, received from or is named by in an event.
  Result<Page<TxRow>> txs(const std::string& chain, const std::optional<std::string>& account,
                          const PageRequest& page) const;
  Result<std::vector<TxRow>> txs_of_block(const std::string& chain, Height height) const;
  /// `not_found` for an unknown transaction. Its bytes, events and diff are in the block.
  Result<TxRow> tx(const std::string& chain, const TxId& id) const;
  /// Events of one type ("evaluation.accepted"), newest first.
  Result<Page<EventRow>> events(const std::string& chain, const std::string& type,
                                const PageRequest& page) const;
  /// Heights, hashes, addresses and names, exact or by prefix; at most 20 hits over all chains.
  Result<std::vector<SearchHit>> search(const std::string& text) const;

 private:
  struct Impl;
  explicit Index(std::unique_ptr<Impl> impl);
  std::unique_ptr<Impl> impl_;
};

}  // namespace cambium::engine
