// What a node does besides making blocks: each role a loop over the chains' state.
#include "base/log.hpp"
#include "chain/modules/models/models.hpp"
#include "chain/modules/nodes/nodes.hpp"
#include "engine/relayer.hpp"
#include "node/beacon_agent.hpp"
#include "node/model_loader.hpp"
#include "node/node_impl.hpp"

namespace cambium::node {

bool Node::Impl::has_role(std::string_view role) const {
  const auto roles = options.config.list("node.roles");
  return std::find(roles.begin(), roles.end(), role) != roles.end();
}

void Node::Impl::watch(engine::Engine& engine) {
  subscriptions.push_back(engine.subscribe(
      [this, &engine](const engine::BlockPtr& block) { on_block(engine, block); }));
}

void Node::Impl::on_block(engine::Engine& engine, const engine::BlockPtr& block) {
  metrics.set({"cambium_chain_height", engine.alias()},
              static_cast<double>(block->height().value));
  metrics.add({"cambium_chain_txs_total", engine.alias()},
              static_cast<double>(block->txs.size()));
  if (index_loop) index_loop->wake();
  if (head_loop) head_loop->wake();
  for (auto& loop : block_loops) loop->wake();
}

void Node::Impl::start_roles() {
  // After a crash there may be much to read, while the chain itself only wants to go on.
  const RoleLoop::Options index_options{"index", 5'000, RoleLoop::Options::Urgency::background};
  index_loop = std::make_unique<RoleLoop>(index_options,
                                          [this](auto) { return index_blocks(); });
  for (auto* unit : present()) {
    if (unit->engine().registry().module("beacon") == nullptr || !has_role("validator")) continue;
    block_loops.push_back(std::make_unique<RoleLoop>(
        RoleLoop::Options{"beacon", 5'000}, [this, unit](auto) { return serve_beacon(*unit); }));
  }
  if (compute->present()) start_model_roles();
  if (works()) {
    timed_loops.push_back(std::make_unique<RoleLoop>(
        RoleLoop::Options{"heartbeat",
                          static_cast<std::int64_t>(options.config.whole("node.heartbeat_ms"))},
        [this](auto) { return heartbeat(); }));
  }
}

// Who only orders blocks or answers questions does no work that a heartbeat would announce.
bool Node::Impl::works() const {
  return has_role("evaluator") || has_role("host") || has_role("trainer") || has_role("storer");
}

void Node::Impl::start_model_roles() {
  head_loop = std::make_unique<RoleLoop>(RoleLoop::Options{"host", 2'000},
                                         [this](auto) { return follow_head(); });
  if (has_role("relay")) {
    block_loops.push_back(std::make_unique<RoleLoop>(RoleLoop::Options{"relay", 1'000},
                                                     [this](auto) { return relay(); }));
  }
  const auto& config = options.config;
  timed_loops.push_back(std::make_unique<RoleLoop>(
      RoleLoop::Options{"receipts",
                        static_cast<std::int64_t>(config.whole("gateway.receipt_batch_ms"))},
      [this](auto) { return send_receipts(); }));
}

Status Node::Impl::serve_beacon(ChainUnit& unit) {
  TRY(auto operator_key, keys.find(std::string(kOperatorKey)));
  TRY(auto beacon_key, keys.find(std::string(kBeaconKey)));
  const auto identity = beacon_identity(*operator_key, *beacon_key);
  return pay_beacon_duties(unit.engine(), *operator_key, {verifier, identity});
}

Status Node::Impl::index_blocks() {
  for (auto* unit : present()) {
    TRY_STATUS(index->catch_up(unit->engine()));
  }
  return {};
}

Status Node::Impl::relay() {
  TRY(auto on_utility, sender(kRelayerKey, utility->engine()));
  TRY(auto on_compute, sender(kRelayerKey, compute->engine()));
  // Each chain names its client after the chain at the other end.
  engine::ChannelEnd utility_end{*on_utility, std::string(kComputeAlias)};
  engine::ChannelEnd compute_end{*on_compute, std::string(kUtilityAlias)};
  struct Way {
    engine::ChannelEnd& from;
    engine::ChannelEnd& to;
    std::string name;
  };
  for (auto& way : {Way{utility_end, compute_end, "utility_to_compute"},
                    Way{compute_end, utility_end, "compute_to_utility"}}) {
    TRY(auto done, engine::relay_step(way.from, way.to, options.clock.now()));
    if (done.delivered > 0) {
      metrics.add({"cambium_packets_relayed_total", way.name},
                  static_cast<double>(done.delivered));
    }
    if (done.needs_header) {
      utility->nudge();
      compute->nudge();
    }
    for (const auto& tx : done.queued) static_cast<void>(tx.engine->wait(tx.id, 2'000));
  }
  return {};
}

Status Node::Impl::heartbeat() {
  metrics.set({"cambium_uptime_seconds"},
              static_cast<double>((options.clock.now().value - started.value) / 1000));
  if (auto bytes = store->bytes_used()) {
    metrics.set({"cambium_store_bytes"}, static_cast<double>(*bytes));
  }
  TRY(auto on_utility, sender(kOperatorKey, utility->engine()));
  TRY(auto view, utility->engine().state_at());
  engine::TxMsg msg;
  if (auto known = view.get(chain::nodes::kNodes.key({on_utility->address()}))) {
    // After a restart the last one may still be fresh.
    const auto interval = static_cast<std::int64_t>(options.config.whole("node.heartbeat_ms"));
    const auto last = chain::nodes::kNodes.decoded(*known).last_heartbeat_ms();
    if (options.clock.now().value - last < interval) return {};
    msg.mutable_nodes()->mutable_heartbeat()->set_sender(on_utility->sender());
  } else {
    auto* node = msg.mutable_nodes()->mutable_register_();
    TRY(auto key, keys.find(std::string(kOperatorKey)));
    node->set_sender(on_utility->sender());
    node->set_node_id(to_string(key->public_key().bytes));
    node->mutable_capabilities()->set_cpu_cores(std::thread::hardware_concurrency());
    std::error_code unknown;  // then it offers none
    const auto disk = std::filesystem::space(paths.root, unknown);
    node->mutable_capabilities()->set_storage_capacity_bytes(unknown ? 0 : disk.available);
    node->add_roles(cambium::nodes::v1::ROLE_EVALUATOR);
    node->add_roles(cambium::nodes::v1::ROLE_HOST);
    node->add_roles(cambium::nodes::v1::ROLE_GATEWAY);
    // As they are called now: a rollback gives them new names.
    for (auto* unit : {utility.get(), compute.get()}) {
      if (unit != nullptr) node->add_supported_chains(unit->engine().chain_id());
    }
  }
  TRY(auto outcome, on_utility->send({msg}));
  static_cast<void>(outcome);
  metrics.add({"cambium_heartbeats_total"});
  return {};
}

Status Node::Impl::send_receipts() {
  while (receipts->waiting() > 0) {
    TRY(auto settled, receipts->flush());
    metrics.add({"cambium_receipts_total"}, static_cast<double>(settled));
  }
  return {};
}

Status Node::Impl::follow_head() {
  TRY(auto view, compute->engine().state_at());
  auto bytes = view.get(chain::models::kModels.key({std::string(kMainModel)}));
  if (!bytes) return {};
  const auto model = chain::models::kModels.decoded(*bytes);
  auto root = Hash::from(as_bytes(model.index_root()));
  if (!root || *root == served_root || model.blocks() == 0) return {};
  TRY_STATUS(reload(std::string(kMainModel)));
  served_root = *root;
  return {};
}

Status Node::Impl::reload(const std::string& id) {
  TRY(auto view, compute->engine().state_at());
  TRY(auto head, read_head(view, id));
  TRY(auto weights, load_weights(*store, head));
  TRY(auto tokenizer, load_tokenizer(*store, head));
  // The price factor follows the mean gain at acceptance of the contributed experts.
  std::uint64_t gains = 0, experts = 0;
  for (const auto& name : head.contributed) {
    auto block = view.get(chain::models::kBlocks.key({head.blocks.at(model::to_text(name))}));
    if (!block) continue;
    gains += static_cast<std::uint64_t>(
        std::max<std::int64_t>(0, chain::models::kBlocks.decoded(*block).gain_nano()));
    ++experts;
  }
  const Ratio quality = serve::quality_factor(experts == 0 ? 0 : gains / experts);
  host->publish({id, head.index_root, std::move(weights), std::move(tokenizer), quality});
  serving = true;
  metrics.add({"cambium_model_reloads_total"});
  spdlog::info("serving {} at head {}", id, head.index_root.hex().substr(0, 12));
  return {};
}

}  // namespace cambium::node
