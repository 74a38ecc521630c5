#include "engine/cometbft/ledger.hpp"

#include <fmt/format.h>

#include "base/check.hpp"
#include "base/crash_point.hpp"
#include "base/log.hpp"
#include "base/planted_bug.hpp"
#include "engine/cometbft/validators.hpp"
#include "engine/cometbft/votes/block_facts.hpp"
#include "engine/snapshots/head_record.hpp"
#include "schema/canonical.hpp"

namespace cambium::engine {
namespace {

constexpr std::size_t kRecentBlocks = 256;
constexpr std::size_t kPruneRecords = 4'000;  // a block, so that pruning keeps up and never stalls
const CrashPoint kBeforeLog("engine.comet.before_log");
const CrashPoint kBeforeState("engine.comet.before_state");
const CrashPoint kAfterState("engine.comet.after_state");

std::string text(ByteView bytes) { return to_string(bytes); }

Status check_rules(const state::View& view, const chain::NextBlock& next) {
  const auto upgrade = chain::missing_upgrade(view, next);
  if (!upgrade) return {};
  std::string why = chain::missing_upgrade_text(*upgrade, next);
  if (upgrade->rules_version() <= chain::kNewestRules) {
    why += fmt::format(" Here lifting engine.rules_limit is enough: this program has version {}.",
                       chain::kNewestRules);
  }
  return fail(ErrorCode::unsupported, why);
}

}  // namespace

chain::BlockInfo info_of(const std::string& chain_id, const DecidedBlock& block,
                         const chain::Address& account) {
  chain::BlockInfo info{.chain_id = chain_id,
                        .height = block.height,
                        .time = block.time,
                        .proposer = account,
                        .prev_hash = {},  // a node that began from a snapshot does not know it
                        .beacon = to_bytes(block.hash),
                        .beacon_kind = chain::v1::BEACON_KIND_BLOCK_HASH};
  info.commit = block.facts;
  return info;
}

CometLedger::CometLedger(const CometParts& parts, chain::Registry registry,
                         std::unique_ptr<BlockLog> log, state::Tree tree)
    : parts_(parts), registry_(std::move(registry)),
      genesis_hash_(chain::genesis_hash(parts.genesis)), log_(std::move(log)),
      tree_(std::move(tree)) {}

Result<std::unique_ptr<CometLedger>> CometLedger::open(const CometParts& parts) {
  TRY(auto registry, chain::registry_for(parts.genesis));
  TRY(auto log, BlockLog::open(parts.disk, parts.log_options));
  TRY(auto tree, state::Tree::open(parts.store));
  std::unique_ptr<CometLedger> ledger(
      new CometLedger(parts, std::move(registry), std::move(log), std::move(tree)));
  TRY_STATUS(ledger->read_head());
  return ledger;
}

Status CometLedger::read_head() {
  head_ = {{parts_.genesis.initial_height() - 1}, {parts_.genesis.time_ms()}, {}, {}};
  if (!tree_.latest()) return {};
  TRY(const auto known, state::read_meta(parts_.store, as_bytes(kGenesisKey)));
  if (!known || !equal(*known, genesis_hash_)) {
    return fail(ErrorCode::refused,
                fmt::format("This home belongs to another {} chain: its genesis differs. Choose "
                            "another --home or put the old genesis file back.",
                            parts_.genesis.chain_id()));
  }
  TRY(const auto bytes, state::read_meta(parts_.store, as_bytes(kHeadKey)));
  TRY(const auto head, decode_head(bytes ? ByteView(*bytes) : ByteView()));
  if (head.height != *tree_.latest()) {
    return fail(ErrorCode::corrupt, "State and record of the newest block do not belong together; "
                                    "delete the state folder to have it made again.");
  }
  head_ = {head.height, head.time, head.hash, tree_.root()};
  has_state_ = true;
  return {};
}

bool CometLedger::has_state() const {
  std::lock_guard lock(head_mutex_);
  return has_state_;
}

Result<CometLedger::Begun> CometLedger::init_chain() {
  Begun out;
  if (parts_.genesis.state_root().empty() || !tree_.latest()) {
    TRY(out.diff, chain::init_genesis(registry_, parts_.genesis));
  } else {
    TRY(const auto view, state::HeightView::open_latest(parts_.store));
    out.diff = validators_in(registry_, view);
  }
  if (tree_.latest()) {
    out.root = tree_.root();
    if (tree_.latest()->value + 1 == parts_.genesis.initial_height()) return out;
    return fail(ErrorCode::refused,
                fmt::format("The state is at height {}, but the consensus engine starts anew: its "
                            "data folder was deleted. Delete the state folder too.",
                            tree_.latest()->value));
  }
  const CometHead first = head();
  TRY(out.root, tree_.stage(first.height, state::updates_of(out.diff)));
  const state::MetaRecord records[] = {
      {to_bytes(as_bytes(kGenesisKey)), to_bytes(genesis_hash_)},
      {to_bytes(as_bytes(kHeadKey)), encode(HeadRecord{first.height, first.time, first.hash})}};
  TRY_STATUS(tree_.commit(state::Durability::synced, records));
  std::lock_guard lock(head_mutex_);
  head_.state_root = out.root;
  has_state_ = true;
  return out;
}

Result<Hash> CometLedger::execute(const DecidedBlock& block) {
  const CometHead before = head();
  if (block.height != before.height.next()) {
    return fail(ErrorCode::refused,
                fmt::format("Block {} does not follow block {}, which is the newest executed.",
                            block.height.value, before.height.value));
  }
  if (staged_) tree_.discard();  // CometBFT died before it committed, and asks again
  staged_.reset();
  TRY(const auto view, state::HeightView::open_latest(parts_.store));
  TRY_STATUS(check_rules(view, {block.height, parts_.newest_rules}));
  const auto account =
      proposer_account({view, registry_, parts_.verifier}, block.proposer);
  auto info = info_of(parts_.genesis.chain_id(), block, account);
  const bool carries = carries_votes(registry_, parts_.genesis, block.height);
  if (carries) read_carried({view, registry_, parts_.verifier}, block, info);
  Staged next{block, {}, {}};
  auto& executed = next.executed;
  executed.txs = block.txs;
  if (planted(PlantedBug::forgets_last_tx) && recent_.empty() && !executed.txs.empty()) {
    executed.txs.pop_back();
  }
  executed.outcome = chain::execute_block(registry_, view, {info, parts_.verifier},
                                             executed.txs);
  if (carries && !executed.txs.empty()) executed.outcome.results.front() = carried_result(info);
  TRY_STATUS(view.health());
  for (const auto& violation : executed.outcome.violations) {
    spdlog::error("{} block {}: {}", info.chain_id, info.height.value, violation);
  }
  executed.header = header_of(block, executed, info);
  TRY(next.root, tree_.stage(block.height, state::updates_of(executed.outcome.diff)));
  staged_ = std::move(next);
  return staged_->root;
}

chain::v1::Header CometLedger::header_of(const DecidedBlock& block,
                                         const ExecutedBlock& executed,
                                         const chain::BlockInfo& info) const {
  const CometHead before = head();
  chain::v1::Header header;
  header.set_chain_id(parts_.genesis.chain_id());
  header.set_height(block.height.value);
  header.set_time_ms(block.time.value);
  header.set_prev_hash(text(before.hash));
  header.set_state_root(text(before.state_root));
  header.set_tx_root(text(chain::tx_root(executed.txs)));
  header.set_results_root(text(chain::results_root(executed.outcome.results)));
  header.set_beacon(text(info.beacon));
  header.set_beacon_kind(info.beacon_kind);
  return header;
}

// The log comes first and may be one block ahead of the state after a crash; that block is then
// executed again and found to be there.
Status CometLedger::log_staged() {
  std::unique_lock lock(log_mutex_);
  if (log_->first().value != 0 && log_->last() >= staged_->block.height) return {};
  kBeforeLog.pass();
  TRY_STATUS(log_->append(staged_->block.height, to_record(staged_->executed)));
  TRY_STATUS(log_->append_seal(staged_->block.height, staged_->block.hash));
  lock.unlock();
  return log_->sync();
}

Result<BlockPtr> CometLedger::commit() {
  if (!staged_) return fail(ErrorCode::refused, "There is no executed block to commit.");
  TRY_STATUS(log_staged());
  const auto& block = staged_->block;
  const state::MetaRecord record{to_bytes(as_bytes(kHeadKey)),
                                 encode(HeadRecord{block.height, block.time, block.hash})};
  kBeforeState.pass();
  TRY_STATUS(tree_.commit(state::Durability::synced, {&record, 1}));
  kAfterState.pass();
  chain::v1::SignedHeader unsigned_header;
  unsigned_header.set_header(text(schema::encode(staged_->executed.header)));
  TRY(auto made, to_block(to_record(staged_->executed), std::move(unsigned_header)));
  made.hash = block.hash;
  auto shared = std::make_shared<const CommittedBlock>(std::move(made));
  std::lock_guard lock(head_mutex_);
  head_ = {block.height, block.time, block.hash, staged_->root};
  recent_[block.height.value] = shared;
  if (recent_.size() > kRecentBlocks) recent_.erase(recent_.begin());
  staged_.reset();
  return shared;
}

Status CometLedger::prune(Height oldest) {
  TRY(const auto progress, tree_.prune(oldest, kPruneRecords));
  static_cast<void>(progress);
  return {};
}

Status CometLedger::adopt_snapshot(const CometHead& head) {
  TRY(tree_, state::Tree::open(parts_.store));
  CHECK(tree_.latest() == head.height, "the snapshot was written at its own height");
  std::lock_guard lock(head_mutex_);
  head_ = head;
  has_state_ = true;
  return {};
}

CometHead CometLedger::head() const {
  std::lock_guard lock(head_mutex_);
  return head_;
}

chain::BlockInfo CometLedger::next_info(TimeMs now) const {
  const CometHead at = head();
  return info_of(parts_.genesis.chain_id(),
                 {.height = at.height.next(),
                  .time = {std::max(now.value, at.time.value + 1)},
                  .hash = at.hash,
                  .proposer = {},
                  .facts = {},
                  .txs = {}},
                 {});
}

Result<BlockPtr> CometLedger::block(Height height) const {
  {
    std::lock_guard lock(head_mutex_);
    if (auto found = recent_.find(height.value); found != recent_.end()) return found->second;
    if (height > head_.height) {
      return fail(ErrorCode::not_found, fmt::format("There is no block {} yet; the newest is {}.",
                                                    height.value, head_.height.value));
    }
  }
  std::unique_lock lock(log_mutex_);
  TRY(const auto record, log_->read(height));
  TRY(const auto hash, log_->seal(height));
  lock.unlock();
  chain::v1::SignedHeader unsigned_header;
  unsigned_header.set_header(record.header());
  TRY(auto block, to_block(record, std::move(unsigned_header)));
  if (hash) block.hash = Hash::from(*hash).value_or(Hash{});
  return std::make_shared<const CommittedBlock>(std::move(block));
}

Result<state::HeightView> CometLedger::view(std::optional<Height> height) const {
  if (height && height->value != 0) return state::HeightView::open(parts_.store, *height);
  return state::HeightView::open_latest(parts_.store);
}

}  // namespace cambium::engine
