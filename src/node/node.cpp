#include "node/node.hpp"

#include <fmt/format.h>

#include <fstream>
#include <sstream>

#include "base/log.hpp"
#include "crypto/sha256.hpp"
#include "engine/recovery/life.hpp"
#include "node/halted.hpp"
#include "node/node_impl.hpp"

namespace cambium::node {

Node::Impl::Impl(NodeOptions o, HomeLock l, Keystore k)
    : options(std::move(o)), paths{options.home}, lock(std::move(l)), keys(std::move(k)),
      progress(options.clock), started(options.clock.now()) {}

Node::Node(std::unique_ptr<Impl> impl) : impl_(std::move(impl)) {}
Node::~Node() { stop(); }

Result<std::unique_ptr<Node>> Node::open(NodeOptions options) {
  const HomePaths paths{options.home};
  TRY(auto lock, HomeLock::take(paths));
  TRY_STATUS(engine::finish_change(paths.root));
  TRY(auto keys, Keystore::open(paths.keys(), options.passphrase));
  TRY_STATUS(bootstrap_home({paths, keys, options.random, options.clock, options.profile,
                             options.config.list("node.chains")}));
  auto impl = std::make_unique<Impl>(std::move(options), std::move(lock), std::move(keys));
  TRY(impl->store, store::BlockStore::open(impl->paths.store()));
  TRY(impl->index, engine::Index::open(impl->paths.index()));
  const auto streams = static_cast<unsigned>(impl->options.config.whole("serve.max_streams"));
  const auto threads = static_cast<unsigned>(impl->options.config.whole("serve.threads"));
  impl->host = std::make_unique<serve::Host>(
      serve::SchedulerLimits{threads == 0 ? 2 : threads, streams}, impl->options.clock);
  TRY_STATUS(impl->open_chains());
  TRY_STATUS(impl->open_senders());
  return std::unique_ptr<Node>(new Node(std::move(impl)));
}

Status Node::Impl::open_chains() {
  TRY(auto key, keys.find(std::string(kOperatorKey)));
  TRY(auto beacon, keys.find_or_make(std::string(kBeaconKey), options.random));
  const auto open = [&](std::string_view alias) {
    return open_chain({paths, std::string(alias), options.config, key, beacon, verifier,
                       options.clock, options.random});
  };
  TRY(utility, open(kUtilityAlias));
  TRY(compute, open(kComputeAlias));
  return {};
}

std::vector<ChainUnit*> Node::Impl::present() const {
  std::vector<ChainUnit*> out;
  for (auto* unit : {utility.get(), compute.get()}) {
    if (unit->present()) out.push_back(unit);
  }
  return out;
}

Status Node::Impl::open_senders() {
  for (std::string_view name : {kOperatorKey, kGatewayKey, kEvaluatorKey, kRelayerKey,
                                kTrainerKey, kDemoKey}) {
    TRY(auto key, keys.find(std::string(name)));
    for (auto* unit : {utility.get(), compute.get()}) {
      senders[fmt::format("{}@{}", name, unit->engine().alias())] =
          std::make_unique<engine::AccountSender>(unit->engine(), key);
    }
  }
  TRY(auto gateway, sender(kGatewayKey, compute->engine()));
  TRY(auto host_key, keys.find(std::string(kOperatorKey)));
  receipts = std::make_unique<ReceiptQueue>(*gateway, crypto::address_of(host_key->public_key()));
  return {};
}

Result<engine::AccountSender*> Node::Impl::sender(std::string_view key, engine::Engine& engine) {
  auto found = senders.find(fmt::format("{}@{}", key, engine.alias()));
  if (found != senders.end()) return found->second.get();
  return fail(ErrorCode::not_found, fmt::format("The node has no key `{}`.", key));
}

Status Node::start() {
  if (impl_->running) return {};
  for (auto* unit : impl_->present()) {
    impl_->watch(unit->engine());
  }
  auto on_halt = [this](const Error& error) {
    std::lock_guard lock(impl_->halt_mutex);
    impl_->halt_reason = error.message;
  };
  TRY_STATUS(impl_->utility->start(on_halt));
  TRY_STATUS(impl_->compute->start(on_halt));
  impl_->start_roles();
  impl_->running = true;
  return {};
}

void Node::stop() {
  if (!impl_ || !impl_->running) return;
  impl_->running = false;
  impl_->timed_loops.clear();
  impl_->subscriptions.clear();
  impl_->block_loops.clear();
  impl_->head_loop.reset();
  impl_->utility->stop();
  impl_->compute->stop();
  impl_->index_loop.reset();
}

engine::Engine* Node::chain(std::string_view id_or_alias) {
  for (auto* engine : chains()) {
    if (engine->alias() == id_or_alias || engine->chain_id() == id_or_alias) return engine;
  }
  return nullptr;
}

engine::Engine& Node::utility() { return impl_->utility->engine(); }
engine::Engine& Node::compute() { return impl_->compute->engine(); }
std::vector<engine::Engine*> Node::chains() {
  std::vector<engine::Engine*> out;
  for (auto* unit : impl_->present()) out.push_back(&unit->engine());
  return out;
}
engine::Index& Node::index() { return *impl_->index; }
store::BlockStore& Node::store() { return *impl_->store; }
serve::Host& Node::host() { return *impl_->host; }
ProgressBoard& Node::progress() { return impl_->progress; }
Metrics& Node::metrics() { return impl_->metrics; }
Keystore& Node::keys() { return impl_->keys; }
const Config& Node::config() const { return impl_->options.config; }
const std::filesystem::path& Node::home() const { return impl_->options.home; }
const Clock& Node::clock() const { return impl_->options.clock; }
Random& Node::random() { return impl_->options.random; }

Result<engine::AccountSender*> Node::sender(std::string_view key, engine::Engine& engine) {
  return impl_->sender(key, engine);
}

void Node::nudge() {
  impl_->utility->nudge();
  impl_->compute->nudge();
}

Readiness Node::readiness() const {
  Readiness out;
  {
    std::lock_guard lock(impl_->halt_mutex);
    if (!impl_->halt_reason.empty()) {
      out.waiting_for.push_back(std::string(kHaltedPrefix) + impl_->halt_reason);
    }
  }
  if (!impl_->running) out.waiting_for.push_back("the node to start");
  for (auto* unit : impl_->present()) {
    const auto status = unit->engine().status();
    if (status.height.value != 0) continue;
    const std::string alias = status.alias == kUtilityAlias ? "utility" : "compute";
    out.waiting_for.push_back("the " + alias + " chain's first block");
  }
  if (impl_->compute->present() && !impl_->serving) out.waiting_for.push_back("a model to serve");
  return out;
}

std::int64_t Node::uptime_s() const {
  return (impl_->options.clock.now().value - impl_->started.value) / 1000;
}

Hash Node::genesis_hash() const {
  const Hash utility = impl_->utility->engine().status().genesis_hash;
  const Hash compute = impl_->compute->engine().status().genesis_hash;
  return crypto::sha256({as_bytes("cambium/network/v1"), utility, compute});
}

Status Node::reload_model(const std::string& model) { return impl_->reload(model); }
void Node::record_answer(PaidAnswer answer) { impl_->receipts->add(std::move(answer)); }

Result<std::string> Node::story() const {
  std::ifstream in(impl_->paths.story(), std::ios::binary);
  std::ostringstream text;
  if (in && text << in.rdbuf()) return text.str();
  return fail(ErrorCode::not_found, "The main job has not written its report yet.");
}

}  // namespace cambium::node
