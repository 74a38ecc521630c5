#include "sim/validators/replica.hpp"

#include "base/check.hpp"

namespace cambium::sim {

using namespace engine;

struct Replica::Running {
  Running(std::unique_ptr<CometLedger> l, const Clock& clock, const BeaconIdentity& identity,
          const OnBlock& on_block, std::string& halted)
      : ledger(std::move(l)), checker(*ledger, clock), outcomes(1'000), snapshots({}),
        writer([this](Height height) { return ledger->view(height); }, snapshots,
               {.full_ms = 0}),
        extender(identity.signer == nullptr
                     ? nullptr
                     : std::make_unique<BeaconExtender>(*ledger, clock, identity)),
        app({*ledger, checker, outcomes, snapshots, writer, extender.get(), {}}, on_block,
            [&halted](const Error& error) { halted = error.message; }) {}

  std::unique_ptr<CometLedger> ledger;
  Checker checker;
  OutcomeBook outcomes;
  SnapshotStore snapshots;
  SnapshotWriter writer;
  std::unique_ptr<BeaconExtender> extender;
  CometApp app;
};

Replica::Replica(const ReplicaGround& ground, BeaconIdentity identity, OnBlock on_block)
    : ground_(ground), identity_(std::move(identity)), on_block_(std::move(on_block)),
      store_(state::make_memory_store()) {
  start();
}

Replica::~Replica() = default;

void Replica::start() {
  auto ledger = CometLedger::open({ground_.genesis, ground_.verifier, *store_, disk_, {1 << 16}});
  CHECK(ledger, ledger ? "" : ledger.error().message);
  running_ = std::make_unique<Running>(std::move(*ledger), ground_.clock, identity_, on_block_,
                                       halted_);
}

// The consensus side keeps every block, so that even an empty disk is filled again by replay.
void Replica::kill(Random& random) {
  running_.reset();
  if (random.below(2) == 0) disk_.lose_unsynced(random);
  if (random.below(8) == 0) {
    store_ = state::make_memory_store();
    disk_ = MemoryDisk{};
  }
}

abci::Response Replica::ask(const abci::Request& request) {
  CHECK(up(), "a replica that is down was asked");
  return running_->app.handle(request);
}

const CometLedger& Replica::ledger() const {
  CHECK(up(), "a replica that is down was read");
  return *running_->ledger;
}

}  // namespace cambium::sim
