// Compares what a running chain holds with the blocks that its validators have certified.
#pragma once

#include "engine/engine.hpp"
#include "engine/recovery/order.hpp"
#include "node/chains/chain_unit.hpp"
#include "node/role_loop.hpp"

namespace cambium::node {

struct CheckpointRules {
  std::uint64_t ignored_act = 0;               // what the operator does not follow
  std::optional<engine::KnownBlock> trusted;   // that this node's state came from
};
/// From the settings; `invalid_input` for a trusted block that is none.
Result<CheckpointRules> checkpoint_rules(const Config& config);

class CheckpointGuard {
 public:
  /// The engine is borrowed.
  CheckpointGuard(engine::Engine& engine, CheckpointRules rules);

  /// `refused` where a checkpoint in force names another block than the engine has, or than the one
  /// that was trusted. Blocks that are not there, pruned or never fetched, are passed over.
  Status check() const;
  /// The same whenever the validators certify something; `on_halt` hears what is wrong, once.
  void watch(ChainUnit::OnHalt on_halt);

 private:
  engine::Engine& engine_;
  const CheckpointRules rules_;
  std::unique_ptr<RoleLoop> loop_;
  std::unique_ptr<engine::Subscription> blocks_;  // last: it wakes the loop
};

}  // namespace cambium::node
