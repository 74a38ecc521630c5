// The reading half of the embedded engine.
#include <fmt/format.h>

#include "chain/records.hpp"
#include "engine/embedded/embedded_engine.hpp"

namespace cambium::engine {

ChainStatus EmbeddedEngine::status() const {
  ChainStatus out;
  const Head head = ledger_->head();
  out.chain_id = chain_id();
  out.alias = alias();
  out.height = head.height;
  out.time = head.time;
  out.block_hash = head.hash;
  out.state_root = head.state_root;
  out.genesis_hash = ledger_->genesis_hash();
  out.operator_key = ledger_->operator_key().public_key();
  if (auto view = ledger_->view()) {
    if (auto bytes = view->get(chain::kFeeMarket.key({}))) {
      out.base_fee_nano_ucbm = chain::kFeeMarket.decoded(*bytes).base_fee_nano_ucbm();
    }
  }
  std::lock_guard lock(mutex_);
  out.mempool_txs = mempool_.size();
  return out;
}

chain::TxOutcome<chain::Simulation> EmbeddedEngine::simulate(ByteView raw) const {
  auto view = ledger_->view();
  if (!view) return tl::unexpected(chain::TxStatus::mempool_full);
  auto info = ledger_->next_info(clock_.now());
  return chain::simulate(ledger_->registry(), *view, {info, ledger_->verifier()}, raw);
}

Result<ProvenValue> EmbeddedEngine::prove(ByteView key) const {
  const Height head = ledger_->head().height;
  if (head.value < ledger_->genesis().initial_height()) {
    return fail(ErrorCode::unavailable,
                "The chain has no block yet, so nothing can be proven; ask again in a moment.");
  }
  return prove_at(key, {head.value - 1});
}

Result<ProvenValue> EmbeddedEngine::prove_at(ByteView key, Height height) const {
  TRY(auto header, ledger_->signed_header(height.next()));
  TRY(auto view, state::HeightView::open(ledger_->store(), height));
  ProvenValue out{.key = to_bytes(key), .value = view.get(key), .height = height,
                  .root = view.root(), .proof = {}, .header = std::move(header),
                  .operator_key = ledger_->operator_key().public_key()};
  TRY(out.proof, view.prove(key));
  TRY_STATUS(view.health());
  return out;
}

Result<chain::QueryAnswer> EmbeddedEngine::query(chain::QueryName name,
                                                 std::string_view request_json) const {
  TRY(auto view, ledger_->view());
  auto info = ledger_->next_info(clock_.now());
  TRY(auto answer, chain::ask(ledger_->registry(), view, {info, ledger_->verifier()}, name,
                              request_json));
  TRY_STATUS(view.health());
  return answer;
}

/// Holds the callback; calls lock it, so that destruction waits for one under way.
class EmbeddedEngine::Listener final : public Subscription {
 public:
  explicit Listener(std::shared_ptr<OnBlock> call, std::mutex& calling)
      : call_(std::move(call)), calling_(calling) {}
  ~Listener() override {
    std::lock_guard lock(calling_);
    call_.reset();
  }

 private:
  std::shared_ptr<OnBlock> call_;
  std::mutex& calling_;
};

std::unique_ptr<Subscription> EmbeddedEngine::subscribe(OnBlock on_block) {
  auto call = std::make_shared<OnBlock>(std::move(on_block));
  std::lock_guard lock(listeners_mutex_);
  listeners_.push_back(call);
  return std::make_unique<Listener>(std::move(call), listeners_mutex_);
}

void EmbeddedEngine::tell(const BlockPtr& block) {
  std::lock_guard lock(listeners_mutex_);
  for (auto it = listeners_.begin(); it != listeners_.end();) {
    if (auto call = it->lock()) {
      (*call)(block);
      ++it;
    } else {
      it = listeners_.erase(it);
    }
  }
}

}  // namespace cambium::engine
