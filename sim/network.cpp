#include "sim/network.hpp"

#include <fmt/format.h>

#include "chain/modules/bank/bank.hpp"
#include "chain/modules/datasets/datasets.hpp"
#include "crypto/sha256.hpp"
#include "node/founding/genesis.hpp"
#include "node/node.hpp"

namespace cambium::sim {
namespace {

using Key = std::shared_ptr<const crypto::SigningKey>;
constexpr std::int64_t kStart = 1'700'000'000'000;
constexpr std::int64_t kQuietMs = 120'000;  // without faults at the end: liveness must return

class Network {
 public:
  explicit Network(const SimOptions& options);
  SimResult run();

 private:
  struct Payment {
    TxId id;
    std::uint64_t nonce;
  };
  void tick(SimChain& chain, std::int64_t every_ms);
  void relay();
  void pay();
  void register_dataset();
  void maybe_kill();
  void check();
  void complain(std::string what) { result_.broken.push_back(std::move(what)); }
  engine::AccountSender sender(const Key& key, SimChain& chain) {
    return engine::AccountSender(chain.engine(), key);
  }
  bool faulty() const { return scheduler_.now().value < quiet_from_; }

  SimOptions options_;
  SeededRandom random_;
  Scheduler scheduler_{TimeMs{kStart}};
  Key operator_, payer_, relayer_, payee_;
  std::unique_ptr<SimChain> utility_, compute_;
  std::int64_t quiet_from_;
  std::optional<Payment> waiting_;
  std::uint64_t datasets_ = 0;  // registered and approved, acknowledged
  SimResult result_;
};

Key make_key(Random& random) {
  return crypto::generate_key(crypto::KeyType::ed25519, random);
}
crypto::Address address(const Key& key) { return crypto::address_of(key->public_key()); }

chain::bank::pb::Supply supply_of(engine::Engine& chain) {
  auto view = chain.state_at().value();
  auto bytes = view.get(chain::bank::kSupplies.key({chain::bank::kUcbm}));
  return bytes ? chain::bank::kSupplies.decoded(*bytes) : chain::bank::pb::Supply{};
}

std::uint64_t sum_of_balances(engine::Engine& chain) {
  auto view = chain.state_at().value();
  std::uint64_t sum = 0;
  const Bytes prefix = chain::bank::kBalances.prefix();
  view.scan({prefix, {}}, [&](ByteView, ByteView value) {
    sum += chain::bank::kBalances.decoded(value).amount();
    return true;
  });
  return sum;
}

Network::Network(const SimOptions& options)
    : options_(options), random_(options.seed),
      quiet_from_(kStart + options.duration_ms - kQuietMs) {
  operator_ = make_key(random_);
  payer_ = make_key(random_);
  relayer_ = make_key(random_);
  payee_ = make_key(random_);
  const node::GenesisPlan plan{{operator_->public_key(), address(payer_), address(payee_),
                                address(relayer_), address(payer_), address(payee_)},
                               TimeMs{kStart - 1000}, learn::Profile::nano};
  utility_ = std::make_unique<SimChain>(node::utility_genesis(plan),
                                        engine::CadenceRules{30'000, 0}, "utility", operator_,
                                        scheduler_.clock());
  compute_ = std::make_unique<SimChain>(node::compute_genesis(plan),
                                        engine::CadenceRules{5'000, 0}, "compute-0", operator_,
                                        scheduler_.clock());
}

void Network::tick(SimChain& chain, std::int64_t every_ms) {
  if (chain.up()) {
    if (auto next = chain.engine().tick(scheduler_.now()); !next) complain(next.error().message);
  }
  scheduler_.after(every_ms, [this, &chain, every_ms] { tick(chain, every_ms); });
}

// A client that sends one ucbm again and again, and counts only what it saw final.
void Network::pay() {
  if (utility_->up()) {
    auto& chain = utility_->engine();
    auto from = sender(payer_, *utility_);
    const auto nonce = engine::next_nonce(chain, from.address()).value();
    if (waiting_ && nonce > waiting_->nonce) {
      ++result_.acknowledged;
      waiting_.reset();
    }
    if (!waiting_ && faulty()) waiting_ = Payment{{}, nonce};
    if (waiting_ && random_.below(100) >= options_.drop_percent) {
      engine::TxMsg msg;
      auto* send = msg.mutable_bank()->mutable_send();
      send->set_sender(from.sender());
      send->set_to(to_string(address(operator_)));
      send->mutable_coin()->set_denom("ucbm");
      send->mutable_coin()->set_amount(1);
      if (auto id = from.queue({msg}, waiting_->nonce)) waiting_->id = *id;
    }
  }
  scheduler_.after(50 + static_cast<std::int64_t>(random_.below(200)), [this] { pay(); });
}

// Registered and approved datasets cross to the compute chain by packet.
void Network::register_dataset() {
  if (utility_->up() && faulty()) {
    auto from = sender(operator_, *utility_);
    engine::TxMsg add, approve;
    auto* dataset = add.mutable_datasets()->mutable_register_();
    const std::string id = fmt::format("text-{}", datasets_);
    dataset->set_sender(from.sender());
    dataset->set_id(id);
    dataset->set_version("1");
    dataset->set_title("Text");
    dataset->set_licence("MIT");
    dataset->set_size_bytes(1);
    dataset->set_samples(1);
    dataset->set_merkle_root(to_string(crypto::sha256(as_bytes(id))));
    auto* yes = approve.mutable_datasets()->mutable_approve();
    yes->set_sender(from.sender());
    yes->set_id(id);
    yes->set_version("1");
    yes->set_tier(cambium::datasets::v1::TIER_SILVER);
    auto view = utility_->engine().state_at().value();
    const bool there = view.get(chain::datasets::kDatasets.key({id + "@1"})).has_value();
    const auto nonce = engine::next_nonce(utility_->engine(), from.address()).value();
    if (there) {
      ++datasets_;
      ++result_.acknowledged;
    } else {
      static_cast<void>(from.queue({add, approve}, nonce));
    }
  }
  scheduler_.after(2'000 + static_cast<std::int64_t>(random_.below(3'000)),
                   [this] { register_dataset(); });
}

void Network::relay() {
  if (utility_->up() && compute_->up()) {
    auto on_utility = sender(relayer_, *utility_);
    auto on_compute = sender(relayer_, *compute_);
    engine::ChannelEnd a{on_utility, "compute-0"}, b{on_compute, "utility"};
    for (auto [from, to] : {std::pair(&a, &b), std::pair(&b, &a)}) {
      auto done = engine::relay_step(*from, *to, scheduler_.now());
      if (done && done->needs_header) {
        utility_->engine().nudge();
        compute_->engine().nudge();
      }
    }
  }
  scheduler_.after(300, [this] { relay(); });
}

void Network::maybe_kill() {
  if (faulty() && options_.mean_kill_ms > 0) {
    SimChain& victim = random_.below(2) == 0 ? *utility_ : *compute_;
    if (victim.up()) {
      victim.kill(random_);
      ++result_.kills;
      scheduler_.after(static_cast<std::int64_t>(random_.below(3'000)), [&victim] {
        victim.start();
      });
    }
    scheduler_.after(
        static_cast<std::int64_t>(
            random_.below(2 * static_cast<std::uint64_t>(options_.mean_kill_ms)) + 1),
        [this] { maybe_kill(); });
  }
}

void Network::check() {
  auto& utility = utility_->engine();
  auto& compute = compute_->engine();
  for (auto* chain : {utility_.get(), compute_.get()}) {
    auto& engine = chain->engine();
    const auto supply = supply_of(engine);
    if (sum_of_balances(engine) != supply.total() ||
        supply.total() + supply.burnt() != supply.minted()) {
      complain(engine.alias() + ": coins appeared or vanished");
    }
    if (chain->replayed_root() != engine.status().state_root) {
      complain(engine.alias() + ": a replay of the log gives another root");
    }
  }
  const auto nonce = engine::next_nonce(utility, address(payer_)).value();
  if (nonce != result_.acknowledged - datasets_) {
    complain(fmt::format("payments: {} acknowledged, {} on the chain",
                         result_.acknowledged - datasets_, nonce));
  }
  auto view = compute.state_at().value();
  for (std::uint64_t i = 0; i < datasets_; ++i) {
    if (view.get(chain::datasets::kDatasets.key({fmt::format("text-{}@1", i)}))) {
      ++result_.packets;
    } else {
      complain(fmt::format("the approval of text-{} never reached the compute chain", i));
    }
  }
}

SimResult Network::run() {
  tick(*utility_, 100);
  tick(*compute_, 100);
  pay();
  register_dataset();
  relay();
  scheduler_.after(options_.mean_kill_ms, [this] { maybe_kill(); });
  scheduler_.run_until(TimeMs{kStart + options_.duration_ms});
  check();
  const auto u = utility_->engine().status(), c = compute_->engine().status();
  result_.steps = scheduler_.steps();
  result_.blocks = u.height.value + c.height.value;
  result_.digest = crypto::sha256({u.block_hash, u.state_root, c.block_hash, c.state_root});
  return result_;
}

}  // namespace

SimResult run_network(const SimOptions& options) { return Network(options).run(); }

}  // namespace cambium::sim
