#include "engine/embedded/ledger.hpp"

#include <fmt/format.h>

#include "base/check.hpp"
#include "base/crash_point.hpp"
#include "base/log.hpp"
#include "engine/embedded/record_codec.hpp"
#include "schema/canonical.hpp"

namespace cambium::engine {
namespace {

constexpr std::size_t kRecentBlocks = 256;
const CrashPoint kBeforeState("engine.state.before_commit");
const CrashPoint kAfterState("engine.state.after_commit");
const CrashPoint kAfterGenesis("engine.state.after_genesis");

std::string text(ByteView bytes) { return to_string(bytes); }

tl::unexpected<Error> mismatch(std::string_view what, Height height) {
  return fail(ErrorCode::corrupt,
              fmt::format("The {} of block {} differs from what was logged: this program or its "
                          "state does not belong to this chain. Restore a backup, or delete the "
                          "state folder to have it made again.", what, height.value));
}

}  // namespace

Ledger::Ledger(const LedgerParts& parts, chain::Registry registry, std::unique_ptr<BlockLog> log,
               state::Tree tree)
    : parts_(parts), registry_(std::move(registry)),
      genesis_hash_(chain::genesis_hash(parts.genesis)),
      log_(std::move(log)), tree_(std::move(tree)) {}

Result<std::unique_ptr<Ledger>> Ledger::open(const LedgerParts& parts) {
  TRY(auto registry, chain::registry_for(parts.genesis));
  TRY(auto log, BlockLog::open(parts.disk, parts.log_options));
  TRY(auto tree, state::Tree::open(parts.store));
  std::unique_ptr<Ledger> ledger(
      new Ledger(parts, std::move(registry), std::move(log), std::move(tree)));
  TRY_STATUS(ledger->start_or_check());
  TRY_STATUS(ledger->replay());
  TRY_STATUS(ledger->reseal());
  return ledger;
}

// A new store gets the genesis state at the height below the first block.
Status Ledger::start_or_check() {
  const auto& genesis = parts_.genesis;
  if (!tree_.latest()) {
    TRY(auto diff, chain::init_genesis(registry_, genesis));
    TRY(auto root, tree_.stage({genesis.initial_height() - 1}, state::updates_of(diff)));
    static_cast<void>(root);
    const HeadRecord head{{genesis.initial_height() - 1}, {genesis.time_ms()}, {}};
    TRY_STATUS(tree_.commit(state::Durability::synced, owner_records({head, genesis_hash_})));
    kAfterGenesis.pass();
    return {};
  }
  TRY(auto known, state::read_meta(parts_.store, as_bytes(kGenesisKey)));
  if (!known || !equal(*known, genesis_hash_)) {
    return fail(ErrorCode::refused,
                fmt::format("This home belongs to another {} chain: its genesis differs. Choose "
                            "another --home or put the old genesis file back.",
                            genesis.chain_id()));
  }
  return {};
}

Status Ledger::replay() {
  const std::uint64_t state = tree_.latest()->value;
  const std::uint64_t logged = log_->last().value;
  const std::uint64_t newest = logged == 0 ? parts_.genesis.initial_height() - 1 : logged;
  if (state > newest) {
    return fail(ErrorCode::corrupt,
                fmt::format("The state is at height {} but the block log ends at {}. Restore the "
                            "blocks folder from a backup.", state, newest));
  }
  head_ = {{state}, {parts_.genesis.time_ms()}, {}, tree_.root(), 0};
  if (log_->last().value >= state && log_->first().value != 0 && state >= log_->first().value) {
    TRY(auto record, log_->read({state}));
    TRY(auto header, schema::decode_as<chain::v1::Header>(as_bytes(record.header())));
    head_.time = {header.time_ms()};
    head_.hash = chain::header_hash(as_bytes(record.header()));
    head_.tx_count = static_cast<std::size_t>(record.txs_size());
  }
  for (std::uint64_t h = state + 1; h <= newest; ++h) TRY_STATUS(replay_one({h}));
  return {};
}

Status Ledger::replay_one(Height height) {
  TRY(auto record, log_->read(height));
  TRY(auto header, schema::decode_as<chain::v1::Header>(as_bytes(record.header())));
  if (!equal(as_bytes(header.state_root()), tree_.root())) return mismatch("state root", height);
  TRY(auto view, state::HeightView::open_latest(parts_.store));
  TRY_STATUS(check_rules(view, height));
  auto info = info_at(height, {header.time_ms()}, head_.hash);
  std::vector<Bytes> txs;
  for (const auto& tx : record.txs()) txs.push_back(to_bytes(tx));
  auto outcome = chain::execute_block(registry_, view, {info, parts_.verifier}, txs);
  if (!equal(as_bytes(header.results_root()), chain::results_root(outcome.results))) {
    return mismatch("results", height);
  }
  const Hash hash = chain::header_hash(as_bytes(record.header()));
  TRY_STATUS(commit_state({height, {header.time_ms()}, hash}, outcome.diff));
  head_ = {height, {header.time_ms()}, hash, tree_.root(), txs.size()};
  return {};
}

// Seals are written after the fsync that makes their block final, so the last one may be missing.
Status Ledger::reseal() {
  if (log_->first().value == 0) return {};
  TRY(auto seal, log_->seal(log_->last()));
  if (seal) return {};
  TRY(auto record, log_->read(log_->last()));
  TRY(auto header, schema::decode_as<chain::v1::Header>(as_bytes(record.header())));
  auto sealed = chain::sign_header(header, parts_.operator_key);
  return log_->append_seal(log_->last(), as_bytes(sealed.signature()));
}

Head Ledger::head() const {
  std::lock_guard lock(head_mutex_);
  return head_;
}

chain::BlockInfo Ledger::info_at(Height height, TimeMs time, const Hash& prev_hash) const {
  const auto& id = parts_.genesis.chain_id();
  return {id, height, time, crypto::address_of(parts_.operator_key.public_key()), prev_hash,
          parts_.operator_key.sign(chain::beacon_message(id, height))};
}

chain::BlockInfo Ledger::next_info(TimeMs now) const {
  Head at = head();
  return info_at(at.height.next(), {std::max(now.value, at.time.value + 1)}, at.hash);
}

/// A program without the rules that the chain voted for must not guess: it stops before the block.
Status Ledger::check_rules(const state::View& view, Height next) const {
  const chain::NextBlock block{next, parts_.newest_rules};
  const auto missing = chain::missing_upgrade(view, block);
  if (!missing) return {};
  return fail(ErrorCode::refused, chain::missing_upgrade_text(*missing, block));
}

Result<Built> Ledger::build(TimeMs now, std::span<const Bytes> candidates) {
  const Head before = head();
  const auto info = next_info(now);
  TRY(auto view, state::HeightView::open_latest(parts_.store));
  TRY_STATUS(check_rules(view, info.height));
  Built built;
  ExecutedBlock block;
  block.txs.assign(candidates.begin(), candidates.end());
  // Whatever cannot be included is taken out and the rest run again: refusals are rare, and a block
  // holds only transactions that paid or were free.
  for (;;) {
    block.outcome = chain::execute_block(registry_, view, {info, parts_.verifier}, block.txs);
    std::vector<Bytes> kept;
    for (std::size_t i = 0; i < block.txs.size(); ++i) {
      auto status = static_cast<chain::TxStatus>(block.outcome.results[i].status());
      auto band = chain::band(status);
      if (band == chain::StatusBand::ok || band == chain::StatusBand::failed_with_fee) {
        kept.push_back(std::move(block.txs[i]));
      } else {
        built.refused.push_back({chain::tx_id(block.txs[i]), status});
      }
    }
    const bool settled = kept.size() == block.txs.size();
    block.txs = std::move(kept);
    if (settled) break;
  }
  for (const auto& violation : block.outcome.violations) {
    spdlog::error("{} block {}: {}", info.chain_id, info.height.value, violation);
  }
  auto& header = block.header;
  header.set_chain_id(info.chain_id);
  header.set_height(info.height.value);
  header.set_time_ms(info.time.value);
  header.set_prev_hash(text(before.hash));
  header.set_state_root(text(before.state_root));
  header.set_tx_root(text(chain::tx_root(block.txs)));
  header.set_results_root(text(chain::results_root(block.outcome.results)));
  *header.mutable_proposer() = chain::key_to_proto(parts_.operator_key.public_key());
  header.set_beacon(text(info.beacon));

  auto record = to_record(block);
  {
    std::lock_guard lock(log_mutex_);
    TRY_STATUS(log_->append(info.height, record));
  }
  TRY_STATUS(log_->sync());
  auto sealed = chain::sign_header(header, parts_.operator_key);
  {
    std::lock_guard lock(log_mutex_);
    TRY_STATUS(log_->append_seal(info.height, as_bytes(sealed.signature())));
  }
  const Hash hash = chain::header_hash(as_bytes(record.header()));
  TRY_STATUS(commit_state({info.height, info.time, hash}, block.outcome.diff));
  TRY(built.block, publish(record, std::move(sealed)));
  return built;
}

// The head goes with the state for those who read a home without its log, as snapshots do.
Status Ledger::commit_state(const HeadRecord& head, const state::Diff& diff) {
  TRY(auto root, tree_.stage(head.height, state::updates_of(diff)));
  static_cast<void>(root);
  const state::MetaRecord record{to_bytes(as_bytes(kHeadKey)), encode(head)};
  kBeforeState.pass();
  TRY_STATUS(tree_.commit(state::Durability::buffered, {&record, 1}));
  kAfterState.pass();
  return {};
}

Result<BlockPtr> Ledger::publish(const cambium::engine::v1::BlockRecord& record,
                                 chain::v1::SignedHeader signed_header) {
  TRY(auto block, to_block(record, std::move(signed_header)));
  auto shared = std::make_shared<const CommittedBlock>(std::move(block));
  std::lock_guard lock(head_mutex_);
  head_ = {shared->height(), {shared->header.time_ms()}, shared->hash, tree_.root(),
           shared->txs.size()};
  remember(shared);
  return shared;
}

void Ledger::remember(const BlockPtr& block) const {
  recent_[block->height().value] = block;
  if (recent_.size() > kRecentBlocks) recent_.erase(recent_.begin());
}

Result<BlockPtr> Ledger::block(Height height) const {
  {
    std::lock_guard lock(head_mutex_);
    if (auto found = recent_.find(height.value); found != recent_.end()) return found->second;
    if (height > head_.height) {
      return fail(ErrorCode::not_found, fmt::format("There is no block {} yet; the newest is {}.",
                                                    height.value, head_.height.value));
    }
  }
  TRY(auto sealed, signed_header(height));
  std::unique_lock lock(log_mutex_);
  TRY(auto record, log_->read(height));
  lock.unlock();
  TRY(auto block, to_block(record, std::move(sealed)));
  return std::make_shared<const CommittedBlock>(std::move(block));
}

Result<chain::v1::SignedHeader> Ledger::signed_header(Height height) const {
  std::lock_guard lock(log_mutex_);
  TRY(auto record, log_->read(height));
  TRY(auto seal, log_->seal(height));
  if (!seal) {  // older seals were lost with a power cut only if their key signs again the same
    TRY(auto header, schema::decode_as<chain::v1::Header>(as_bytes(record.header())));
    return chain::sign_header(header, parts_.operator_key);
  }
  chain::v1::SignedHeader out;
  out.set_header(record.header());
  out.set_signature(text(*seal));
  return out;
}

Result<state::HeightView> Ledger::view(std::optional<Height> height) const {
  if (height && height->value != 0) return state::HeightView::open(parts_.store, *height);
  return state::HeightView::open_latest(parts_.store);
}

Status Ledger::flush() { return parts_.store.sync(); }

}  // namespace cambium::engine
