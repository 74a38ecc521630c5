#include "engine/cometbft/comet_engine.hpp"

#include <fmt/format.h>

#include <nlohmann/json.hpp>
#include <ranges>

#include "base/log.hpp"
#include "chain/records.hpp"
#include "engine/cometbft/process/light_block.hpp"

namespace cambium::engine {

using chain::TxStatus;

namespace {

/// The newest blocks and transactions whose outcomes are remembered again after a restart: reading
/// more would take longer than everything else does until the node answers.
constexpr std::uint64_t kWarmBlocks = 1'000;
constexpr std::size_t kWarmTxs = 2'000;
constexpr std::size_t kRememberedTxs = 100'000;
constexpr std::size_t kRememberedSignatures = 200'000;

Submitted refusal_of(const TxId& id, TxStatus status) {
  const auto& text = chain::explain(status);
  return {id, status, fmt::format("{}: {}.", text.what, text.advice)};
}

/// What CometBFT logs when its consensus has given up; its process goes on without it for ever.
constexpr std::string_view kGivenUp = "CONSENSUS FAILURE";

/// For our own log, from a line of CometBFT's.
std::string why_given_up(const std::string& alias, const std::string& line) {
  const auto json = nlohmann::json::parse(line, nullptr, false);
  const std::string why = json.is_object() ? json.value("err", line) : line;
  std::string text = fmt::format("{}: CometBFT gave up and is started again: {}.", alias, why);
  if (why.find("too far in the future") != why.npos) {
    text += " This machine's clock is more than a minute behind the other validators'; set it "
            "right, and keep it so with chrony or systemd-timesyncd.";
  }
  return text;
}

std::unique_ptr<BeaconExtender> extender_of(const CometLedger& ledger, const Clock& clock,
                                            BeaconIdentity identity, const NativeBeacon& native) {
  if (ledger.registry().module("beacon") == nullptr) return nullptr;
  if (identity.signer == nullptr) identity.signer = &native;
  return std::make_unique<BeaconExtender>(ledger, clock, std::move(identity));
}

}  // namespace

CometEngine::CometEngine(std::unique_ptr<RememberingVerifier> verifier,
                         std::unique_ptr<CometLedger> ledger, CometOptions options,
                         const Clock& clock)
    : options_(std::move(options)), clock_(clock), verifier_(std::move(verifier)),
      ledger_(std::move(ledger)),
      rpc_(options_.rpc_port), checker_(*ledger_, clock), outcomes_(kRememberedTxs),
      snapshots_(options_.snapshot_folder),
      snapshot_writer_([this](Height height) { return ledger_->view(height); }, snapshots_,
                       options_.snapshots),
      extender_(extender_of(*ledger_, clock, options_.beacon, native_beacon_)),
      app_({*ledger_, checker_, outcomes_, snapshots_, snapshot_writer_, extender_.get(),
            options_.pruning},
           [this](const BlockPtr& block) { listeners_.tell(block); },
           [this](const Error& error) { halt(error); }) {}

Result<std::unique_ptr<CometEngine>> CometEngine::open(const CometParts& parts,
                                                       CometOptions options, const Clock& clock) {
  auto verifier = std::make_unique<RememberingVerifier>(parts.verifier, kRememberedSignatures);
  TRY(auto ledger, CometLedger::open({parts.genesis, *verifier, parts.store, parts.disk,
                                      parts.log_options, parts.newest_rules}));
  std::unique_ptr<CometEngine> engine(new CometEngine(std::move(verifier), std::move(ledger),
                                                      std::move(options), clock));
  engine->warm_up();
  return engine;
}

CometEngine::~CometEngine() { stop(); }

// Whoever waited when the node died asks again for one of the newest.
void CometEngine::warm_up() {
  const std::uint64_t newest = ledger_->head().height.value;
  std::vector<BlockPtr> blocks;
  std::size_t txs = 0;
  for (std::uint64_t h = newest; h >= ledger_->genesis().initial_height(); --h) {
    if (txs >= kWarmTxs || newest - h >= kWarmBlocks) break;
    const auto block = ledger_->block({h});
    if (!block) continue;
    txs += (*block)->txs.size();
    blocks.push_back(*block);
  }
  for (const auto& block : std::views::reverse(blocks)) outcomes_.settle(*block);
}

Status CometEngine::start(ChildPlan cometbft, std::function<void(const Error&)> on_halt) {
  on_halt_ = std::move(on_halt);
  TRY(server_, abci::Server::listen(options_.socket, app_));
  cometbft.fatal_words = kGivenUp;
  cometbft.on_fatal = [alias = alias()](const std::string& line) {
    spdlog::error("{}", why_given_up(alias, line));
  };
  child_ = std::make_unique<Child>(std::move(cometbft));
  return {};
}

void CometEngine::stop() {
  if (stopping_.exchange(true)) return;
  outcomes_.close({ErrorCode::unavailable, "The node is stopping; ask it again later."});
  if (child_) child_->stop();
  server_.reset();  // no connection can ask for the child any more
  child_.reset();
}

// Called on a connection's thread: the child is asked to end and not waited for.
void CometEngine::halt(const Error& reason) {
  {
    std::lock_guard lock(mutex_);
    if (halted_) return;
    halted_ = reason;
  }
  if (stopping_) return;
  spdlog::error("{} halted: {}", alias(), reason.message);
  outcomes_.close(reason);
  if (child_) child_->ask_to_stop();
  if (on_halt_) on_halt_(reason);
}

std::optional<Error> CometEngine::halted() const {
  std::lock_guard lock(mutex_);
  return halted_;
}

Submitted CometEngine::submit(Bytes raw) {
  const TxId id = chain::tx_id(raw);
  if (stopping_ || halted()) return {id, TxStatus::mempool_full, "The node is stopping."};
  if (outcomes_.is_waiting(id)) return {id, TxStatus::ok, {}};
  if (const auto known = outcomes_.find(id)) {
    if (known->height.value != 0) return {id, TxStatus::ok, {}};
    if (chain::band(known->status()) == chain::StatusBand::malformed) {
      return refusal_of(id, known->status());
    }
  }
  const auto verdict = checker_.check(raw);
  if (verdict.status != TxStatus::ok) return refusal_of(id, verdict.status);
  const auto taken = rpc_.broadcast(raw);
  if (!taken) return {id, TxStatus::mempool_full, taken.error().message};
  if (taken->code != 0) return {id, static_cast<TxStatus>(taken->code), taken->log};
  outcomes_.waits(id);
  return {id, TxStatus::ok, {}};
}

ChainStatus CometEngine::status() const {
  ChainStatus out;
  const CometHead head = ledger_->head();
  out.chain_id = chain_id();
  out.alias = alias();
  out.height = head.height;
  out.time = head.time;
  out.block_hash = head.hash;
  out.state_root = head.state_root;
  out.genesis_hash = ledger_->genesis_hash();
  out.mempool_txs = outcomes_.waiting();
  if (const auto view = ledger_->view()) {
    if (const auto bytes = view->get(chain::kFeeMarket.key({}))) {
      out.base_fee_nano_ucbm = chain::kFeeMarket.decoded(*bytes).base_fee_nano_ucbm();
    }
  }
  return out;
}

chain::TxOutcome<chain::Simulation> CometEngine::simulate(ByteView raw) const {
  const auto view = ledger_->view();
  if (!view) return tl::unexpected(TxStatus::mempool_full);
  const auto info = ledger_->next_info(clock_.now());
  return chain::simulate(ledger_->registry(), *view, {info, ledger_->verifier()}, raw);
}

Result<ProvenValue> CometEngine::prove(ByteView key) const {
  const Height head = ledger_->head().height;
  if (head.value < ledger_->genesis().initial_height()) {
    return fail(ErrorCode::unavailable,
                "The chain has no block yet, so nothing can be proven; ask again in a moment.");
  }
  return prove_at(key, {head.value - 1});
}

Result<ProvenValue> CometEngine::prove_at(ByteView key, Height height) const {
  TRY(const auto above, ledger_->block(height.next()));
  TRY(const auto view, ledger_->view(height));
  ProvenValue out{.key = to_bytes(key), .value = view.get(key), .height = height,
                  .root = view.root(), .proof = {}, .header = above->signed_header,
                  .operator_key = {}};
  TRY(out.proof, view.prove(key));
  TRY_STATUS(view.health());
  TRY(const auto light, fetch_light_block(rpc_, height.next()));
  out.light_block = to_bytes(light.SerializeAsString());
  return out;
}

Result<chain::QueryAnswer> CometEngine::query(chain::QueryName name,
                                              std::string_view request_json) const {
  TRY(const auto view, ledger_->view());
  const auto info = ledger_->next_info(clock_.now());
  TRY(auto answer, chain::ask(ledger_->registry(), view, {info, ledger_->verifier()}, name,
                              request_json));
  TRY_STATUS(view.health());
  return answer;
}

}  // namespace cambium::engine
