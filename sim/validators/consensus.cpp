#include "sim/validators/consensus.hpp"

#include <fmt/format.h>

#include <algorithm>

#include "base/check.hpp"
#include "chain/genesis.hpp"
#include "crypto/sha256.hpp"
#include "engine/cometbft/validators.hpp"

namespace cambium::sim {

namespace pb = tendermint::abci;
using engine::abci::Request;

namespace {

constexpr std::int64_t kMaxTxBytes = 4 << 20;
constexpr std::int64_t kTickMs = 100;
constexpr std::uint64_t kLateVotePercent = 2;

void set_time(google::protobuf::Timestamp& out, std::int64_t ms) {
  out.set_seconds(ms / 1000);
  out.set_nanos(static_cast<std::int32_t>(ms % 1000 * 1'000'000));
}

}  // namespace

std::uint64_t Consensus::power_of(const chain::Address& validator) const {
  const auto& set = std::prev(sets_.upper_bound(height() + 1))->second;
  const auto at = set.find(validator);
  return at == set.end() ? 0 : at->second;
}

Member* Consensus::find(const chain::Address& address) {
  const auto at = std::ranges::find(members_, address, &Member::address);
  return at == members_.end() ? nullptr : &*at;
}

void Consensus::begin(const ReplicaGround& ground) {
  chain_id_ = ground.genesis.chain_id();
  genesis_hash_ = chain::genesis_hash(ground.genesis).hex();
  genesis_time_ms_ = ground.genesis.time_ms();
  extends_ = std::ranges::any_of(ground.genesis.modules(),
                                 [](const auto& module) { return module.name() == "beacon"; });
  for (auto& member : members_) init_chain(member);
  last_block_ms_ = scheduler_.now().value;
  scheduler_.after(kTickMs, [this] { tick(); });
}

void Consensus::init_chain(Member& member) {
  Request request;
  auto* init = request.mutable_init_chain();
  init->set_chain_id(chain_id_);
  init->set_app_state_bytes("{\"genesis\":\"" + genesis_hash_ + "\"}");
  init->set_initial_height(1);
  set_time(*init->mutable_time(), genesis_time_ms_);
  const auto reply = member.replica->ask(request);
  CHECK(reply.has_init_chain(), reply.exception().error());
  if (!sets_.empty()) return;
  Set first;
  for (const auto& update : reply.init_chain().validators()) {
    const Bytes key = to_bytes(update.pub_key().ed25519());
    first[engine::consensus_address(key)] = static_cast<std::uint64_t>(update.power());
  }
  sets_[1] = first;
}

// ---- time --------------------------------------------------------------------------------------

void Consensus::tick() {
  std::int64_t wait = kTickMs;
  if (due()) {
    const auto before = height();
    round();
    if (height() == before) wait = rules_.round_ms;
  }
  scheduler_.after(wait, [this] { tick(); });
}

/// A block when there is work, when a root is owed, and now and then when idle.
bool Consensus::due() const {
  const std::int64_t since = scheduler_.now().value - last_block_ms_;
  if (since < rules_.commit_wait_ms) return false;
  if (owes_root_ || since >= rules_.idle_ms) return true;
  return std::ranges::any_of(members_, [](const Member& member) {
    return member.replica->up() && !member.mempool.empty();
  });
}

/// The median of the members' clocks, and later than the block before.
std::int64_t Consensus::block_time() const {
  std::vector<std::int64_t> times;
  for (const auto& member : members_) {
    if (member.replica->up()) times.push_back(scheduler_.now().value + member.skew_ms);
  }
  std::ranges::sort(times);
  std::int64_t previous = genesis_time_ms_;
  if (!blocks_.empty()) {
    const auto& time = blocks_.back().time();
    previous = time.seconds() * 1000 + time.nanos() / 1'000'000;
  }
  return std::max(previous + 1, times.empty() ? previous + 1 : times[times.size() / 2]);
}

// ---- a round -----------------------------------------------------------------------------------

/// Turns in proportion to power: everybody gains its power, the highest proposes and pays the sum.
std::size_t Consensus::next_proposer() {
  const Set& set = std::prev(sets_.upper_bound(height() + 1))->second;
  std::int64_t total = 0;
  std::erase_if(priorities_, [&](const auto& item) { return !set.contains(item.first); });
  for (const auto& [address, power] : set) {
    priorities_[address] += static_cast<std::int64_t>(power);
    total += static_cast<std::int64_t>(power);
  }
  auto best = priorities_.begin();
  for (auto at = priorities_.begin(); at != priorities_.end(); ++at) {
    if (at->second > best->second) best = at;
  }
  best->second -= total;
  const auto member = std::ranges::find(members_, best->first, &Member::address);
  CHECK(member != members_.end(), "the set holds a validator that nobody runs");
  return static_cast<std::size_t>(member - members_.begin());
}

/// Members on one island with `from` that are up and have answered every block so far.
std::vector<std::size_t> Consensus::reachable(std::size_t from) {
  std::vector<std::size_t> out;
  for (std::size_t i = 0; i < members_.size(); ++i) {
    if (!members_[i].replica->up() || members_[i].island != members_[from].island) continue;
    catch_up(i);
    if (!members_[i].halted && members_[i].applied == height()) out.push_back(i);
  }
  return out;
}

void Consensus::round() {
  ++rounds_;
  const std::size_t proposer = next_proposer();
  if (!members_[proposer].replica->up()) return;
  const auto voters = reachable(proposer);
  if (std::ranges::find(voters, proposer) == voters.end()) return;
  propose(proposer, voters);
}

Request Consensus::prepare_request(std::size_t proposer) const {
  const Member& member = members_[proposer];
  Request request;
  auto* prepare = request.mutable_prepare_proposal();
  prepare->set_max_tx_bytes(kMaxTxBytes);
  prepare->set_height(static_cast<std::int64_t>(height() + 1));
  prepare->set_proposer_address(to_string(member.address));
  set_time(*prepare->mutable_time(), block_time());
  *prepare->mutable_local_last_commit() = last_extended_;
  for (const auto& raw : member.mempool) {
    if (!member.leaves_out.contains(raw)) prepare->add_txs(raw);
  }
  return request;
}

Request Consensus::proposal_of(std::size_t proposer) {
  const Request request = prepare_request(proposer);
  const auto& prepare = request.prepare_proposal();
  const auto reply = members_[proposer].replica->ask(request);
  CHECK(reply.has_prepare_proposal(), reply.exception().error());
  Request out;
  auto* process = out.mutable_process_proposal();
  *process->mutable_txs() = reply.prepare_proposal().txs();
  *process->mutable_proposed_last_commit() = last_commit_;
  process->set_height(prepare.height());
  process->set_proposer_address(prepare.proposer_address());
  *process->mutable_time() = prepare.time();
  return out;
}

bool Consensus::propose(std::size_t proposer, const std::vector<std::size_t>& voters) {
  Request proposal = proposal_of(proposer);
  auto& process = *proposal.mutable_process_proposal();
  const bool garbled = std::exchange(members_[proposer].garbles_next, false);
  if (garbled) process.add_txs("no transaction at all");
  const Set& set = std::prev(sets_.upper_bound(height() + 1))->second;
  std::uint64_t total = 0, for_it = 0;
  for (const auto& [address, power] : set) total += power;
  std::vector<std::size_t> signers;
  for (const std::size_t i : voters) {
    const auto power = set.find(members_[i].address);
    if (power == set.end()) continue;
    // Who garbles a proposal votes for it; everybody else asks the application.
    const auto reply = members_[i].replica->ask(proposal);
    const bool accepts =
        reply.process_proposal().status() == pb::ResponseProcessProposal::ACCEPT;
    if (!accepts && !garbled) complain_("an honest proposal was refused");
    if (!accepts && !(garbled && i == proposer)) continue;
    signers.push_back(i);
    for_it += power->second;
  }
  if (for_it * 3 <= total * 2) {
    if (garbled) ++refused_proposals_;
    return false;
  }
  if (garbled) complain_("a proposal that is garbage was voted for");
  if (extends_ && !garbled) grind(proposer, signers.back(), proposal);
  decide(proposer, signers, process.txs());
  return true;
}

// ---- a decision --------------------------------------------------------------------------------

void Consensus::decide(std::size_t proposer, const std::vector<std::size_t>& signers,
                       const google::protobuf::RepeatedPtrField<std::string>& txs) {
  const std::uint64_t next = height() + 1;
  pb::RequestFinalizeBlock block;
  *block.mutable_txs() = txs;
  *block.mutable_decided_last_commit() = last_commit_;
  block.set_height(static_cast<std::int64_t>(next));
  block.set_proposer_address(to_string(members_[proposer].address));
  set_time(*block.mutable_time(), block_time());
  while (!evidence_.empty()) {
    const Evidence& proof = evidence_.front();
    auto* misbehaviour = block.add_misbehavior();
    misbehaviour->set_type(pb::DUPLICATE_VOTE);
    misbehaviour->mutable_validator()->set_address(to_string(proof.validator));
    misbehaviour->mutable_validator()->set_power(static_cast<std::int64_t>(proof.power));
    misbehaviour->set_height(static_cast<std::int64_t>(proof.height));
    set_time(*misbehaviour->mutable_time(), proof.time_ms);
    evidence_.pop_front();
  }
  std::string bytes;
  block.SerializeToString(&bytes);
  block.set_hash(to_string(crypto::sha256(as_bytes(bytes))));
  blocks_.push_back(std::move(block));
  last_block_ms_ = scheduler_.now().value;

  last_commit_.clear_votes();
  const Set& set = std::prev(sets_.upper_bound(next))->second;
  std::uint64_t total = 0, kept = 0;
  for (const auto& [address, power] : set) total += power;
  for (const std::size_t i : signers) kept += set.at(members_[i].address);
  for (const auto& [address, power] : set) {
    const auto signer = std::ranges::find_if(
        signers, [&](std::size_t i) { return members_[i].address == address; });
    bool signed_it = signer != signers.end();
    if (signed_it && random_.below(100) < kLateVotePercent && (kept - power) * 3 > total * 2) {
      signed_it = false;  // its vote came too late to be carried
      kept -= power;
    }
    auto* vote = last_commit_.add_votes();
    vote->mutable_validator()->set_address(to_string(address));
    vote->mutable_validator()->set_power(static_cast<std::int64_t>(power));
    vote->set_block_id_flag(signed_it ? tendermint::types::BLOCK_ID_FLAG_COMMIT
                                      : tendermint::types::BLOCK_ID_FLAG_ABSENT);
  }
  if (extends_) extend_votes();
  for (auto& member : members_) {
    if (member.replica->up() && member.island == members_[proposer].island &&
        member.applied + 1 == next) {
      apply_next(member);
    }
  }
}

void Consensus::learn_updates(const engine::abci::Response& reply, std::uint64_t height) {
  Set set = std::prev(sets_.upper_bound(height + 1))->second;
  for (const auto& update : reply.finalize_block().validator_updates()) {
    const auto address = engine::consensus_address(to_bytes(update.pub_key().ed25519()));
    if (update.power() == 0) {
      set.erase(address);
    } else {
      set[address] = static_cast<std::uint64_t>(update.power());
    }
  }
  if (set.empty()) complain_("the validator set is empty");
  if (reply.finalize_block().validator_updates_size() > 0) sets_[height + 2] = set;
}

// The first answer to a height is the one that all others must give.
void Consensus::apply_next(Member& member) {
  const std::uint64_t next = member.applied + 1;
  Request request;
  *request.mutable_finalize_block() = blocks_.at(next - 1);
  const auto reply = member.replica->ask(request);
  if (!reply.has_finalize_block()) {
    member.halted = true;
    return complain_("a replica halted: " + member.replica->halted());
  }
  const auto& hash = reply.finalize_block().app_hash();
  if (app_hashes_.size() < next) {
    owes_root_ = app_hashes_.empty() || app_hashes_.back() != hash;
    app_hashes_.push_back(hash);
    learn_updates(reply, next);
  } else if (app_hashes_[next - 1] != hash) {
    complain_(fmt::format("two app hashes at height {}", next));
  }
  Request commit;
  commit.mutable_commit();
  member.replica->ask(commit);
  member.applied = next;
  member.stored = std::max(member.stored, next);
  recheck(member);
}

// Blocks come from its own store or from somebody on its island.
void Consensus::catch_up(std::size_t i) {
  std::uint64_t there = members_[i].stored;
  for (const auto& other : members_) {
    if (other.replica->up() && other.island == members_[i].island) {
      there = std::max(there, other.stored);
    }
  }
  while (members_[i].replica->up() && !members_[i].halted && members_[i].applied < there) {
    apply_next(members_[i]);
  }
}

}  // namespace cambium::sim
