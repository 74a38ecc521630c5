// One chain of a node: status, accounts, transactions, queries and proven state entries.
#pragma once

#include <google/protobuf/message.h>

#include "client/node_api.hpp"
#include "crypto/keys.hpp"

namespace cambium::client {

struct ChainStatus {
  std::string chain_id;
  std::string alias;
  std::uint64_t height = 0;
  std::uint64_t base_fee_nano_ucbm = 0;
  Json all;
};

struct AccountInfo {
  std::uint64_t nonce = 0;
  std::uint64_t balance_ucbm = 0;
  Json all;
};

/// What became of a transaction. `status` 0 is applied; otherwise `what` and `advice` say why not.
struct TxReport {
  std::string hash;
  std::uint64_t status = 0;
  std::string status_name;
  std::string what;
  std::string advice;
  std::uint64_t height = 0;
  std::uint64_t gas_used = 0;  // of simulations
};

class ChainApi {
 public:
  /// `chain` is an id or alias.
  ChainApi(const NodeApi& node, std::string chain) : node_(node), chain_(std::move(chain)) {}

  const std::string& name() const { return chain_; }
  const NodeApi& node() const { return node_; }

  Result<ChainStatus> status() const;
  Result<AccountInfo> account(const crypto::Address& address) const;
  /// Dry run of a signed transaction.
  Result<TxReport> simulate(ByteView raw) const;
  /// Sends it and waits until it is final.
  Result<TxReport> submit(ByteView raw) const;

  /// Newest first; `before` is the `next` of the previous page.
  Result<Json> blocks(const Arguments& page) const { return get("/blocks", page); }
  Result<Json> block(std::uint64_t height) const;
  Result<Json> tx(const std::string& hash) const { return get("/txs/" + hash); }
  Result<Json> search(const std::string& text) const { return get("/search", {{"q", text}}); }
  /// A state entry or its absence, with proof and signed header.
  Result<Json> state(ByteView key) const;

  /// A module's own question, its reply as JSON.
  struct Question {
    std::string module;
    std::string name;
  };
  Result<Json> query(const Question& question, const Arguments& arguments) const;
  /// The same, read into the reply's message.
  Status query_into(const Question& question, const Arguments& arguments,
                    google::protobuf::Message& reply) const;

 private:
  Result<Json> get(const std::string& path, const Arguments& arguments = {}) const;
  Result<TxReport> send(const std::string& path, ByteView raw) const;

  const NodeApi& node_;
  std::string chain_;
};

}  // namespace cambium::client
