// The parts of a node, in the order in which they are opened.
#pragma once

#include <atomic>

#include "engine/native_verifier.hpp"
#include "node/chains/chain_unit.hpp"
#include "node/node.hpp"
#include "node/receipt_queue.hpp"
#include "node/role_loop.hpp"

namespace cambium::node {

struct Node::Impl {
  Impl(NodeOptions o, HomeLock l, Keystore k);

  Status open_chains();
  Status open_senders();
  void watch(engine::Engine& engine);
  void on_block(engine::Engine& engine, const engine::BlockPtr& block);
  void start_roles();
  void start_model_roles();
  bool works() const;
  bool has_role(std::string_view role) const;
  Result<engine::AccountSender*> sender(std::string_view key, engine::Engine& engine);

  Status relay();
  Status heartbeat();
  Status follow_head();
  Status send_receipts();
  Status index_blocks();
  Status serve_beacon(ChainUnit& unit);
  Status reload(const std::string& model);

  NodeOptions options;
  HomePaths paths;
  HomeLock lock;
  Keystore keys;
  engine::NativeVerifier verifier;
  Metrics metrics;
  ProgressBoard progress;
  std::unique_ptr<store::BlockStore> store;
  std::unique_ptr<engine::Index> index;
  std::unique_ptr<serve::Host> host;
  std::unique_ptr<ChainUnit> utility;
  std::unique_ptr<ChainUnit> compute;
  std::vector<ChainUnit*> present() const;
  std::map<std::string, std::unique_ptr<engine::AccountSender>> senders;  // by key and chain
  std::unique_ptr<ReceiptQueue> receipts;
  TimeMs started;
  bool running = false;
  Hash served_root;  // only the head loop looks at it
  std::atomic<bool> serving = false;
  mutable std::mutex halt_mutex;  // guards halt_reason
  std::string halt_reason;

  std::vector<std::unique_ptr<engine::Subscription>> subscriptions;
  // Last: the loops use all the others.
  std::unique_ptr<RoleLoop> index_loop;
  std::unique_ptr<RoleLoop> head_loop;
  std::vector<std::unique_ptr<RoleLoop>> block_loops;  // woken by every block
  std::vector<std::unique_ptr<RoleLoop>> timed_loops;
};

}  // namespace cambium::node
