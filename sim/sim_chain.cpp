#include "sim/sim_chain.hpp"

#include "base/check.hpp"

namespace cambium::sim {

SimChain::SimChain(chain::v1::Genesis genesis, engine::CadenceRules cadence, std::string alias,
                   std::shared_ptr<const crypto::SigningKey> operator_key, const Clock& clock)
    : genesis_(std::move(genesis)), cadence_(cadence), alias_(std::move(alias)),
      key_(std::move(operator_key)), clock_(clock), store_(state::make_memory_store()) {
  start();
}

std::unique_ptr<engine::EmbeddedEngine> SimChain::open(state::NodeStore& store,
                                                       engine::Disk& disk) {
  auto opened = engine::EmbeddedEngine::open({genesis_, *key_, verifier_, store, disk, {1 << 16}},
                                             {alias_, cadence_, {}}, clock_);
  CHECK(opened, opened ? "" : opened.error().message);
  return std::move(*opened);
}

void SimChain::start() { engine_ = open(*store_, disk_); }

// A buffered state may lag behind the log or be gone; the log alone must bring it back.
void SimChain::kill(Random& random) {
  engine_.reset();
  if (random.below(2) == 0) disk_.lose_unsynced(random);
  if (random.below(2) == 0) store_ = state::make_memory_store();
}

Hash SimChain::replayed_root() {
  auto fresh = state::make_memory_store();
  return open(*fresh, disk_)->status().state_root;
}

}  // namespace cambium::sim
