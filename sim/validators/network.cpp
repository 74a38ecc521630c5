#include "sim/validators/network.hpp"

#include <fmt/format.h>

#include <algorithm>

#include "chain/modules/beacon/beacon.hpp"
#include "chain/modules/slashing/tables.hpp"
#include "chain/modules/staking/staking.hpp"
#include "chain/modules/staking/tables.hpp"
#include "crypto/sha256.hpp"
#include "engine/native_verifier.hpp"
#include "sim/validators/beacon_agents.hpp"
#include "sim/validators/checks.hpp"
#include "sim/validators/clients.hpp"
#include "sim/validators/genesis.hpp"
#include "sim/validators/stand_in_keys.hpp"

namespace cambium::sim {
namespace {

constexpr std::int64_t kStart = 1'700'000'000'000;
constexpr std::int64_t kAgainMs = 15'000;  // before a client sends the same bytes again
constexpr std::int64_t kAgentMs = 5'000;   // between a validator's looks at what it owes the beacon

class Network {
 public:
  Network(const StoryOptions& options, Signatures signatures);
  Outcome live(const std::vector<Action>& story);

 private:
  std::shared_ptr<crypto::SigningKey> key(std::string_view role, std::size_t number) const;
  void add_validators();
  void act(const Action& action);
  void heal();
  void again();
  void agents();
  void watch_beacon(const engine::CommittedBlock& block);
  bool has_beacon() const { return options_.randomness == Randomness::threshold; }
  const crypto::BeaconSigner& signer() const;
  void on_block(std::size_t member, const engine::BlockPtr& block);
  void final_checks();
  void check_acknowledged(const engine::CometLedger& ledger);
  void check_slashes(const state::View& state);
  void check_group(const state::View& state);
  void complain(std::string what) {
    if (outcome_.broken.size() < 20) outcome_.broken.push_back(std::move(what));
  }

  StoryOptions options_;
  Signatures signatures_;
  SeededRandom random_;
  Scheduler scheduler_{TimeMs{kStart}};
  StandInVerifier stand_in_;
  engine::NativeVerifier native_;
  Cast cast_;
  Names names_;
  chain::v1::Genesis genesis_;
  ReplicaGround ground_;
  engine::NativeBeacon native_beacon_;
  Consensus consensus_;
  BeaconAgents agents_;
  std::string group_session_;  // that the chain said last
  std::uint64_t watched_ = 0;  // height up to which events were counted
  std::vector<Client> clients_;
  std::map<std::size_t, std::uint64_t> double_signs_;  // by validator
  std::map<TxId, Height> included_;                    // where each was applied or charged
  Outcome outcome_;
};

const crypto::SignatureVerifier& choose(Signatures signatures,
                                        const crypto::SignatureVerifier& stand_in,
                                        const crypto::SignatureVerifier& real) {
  return signatures == Signatures::real ? real : stand_in;
}

Network::Network(const StoryOptions& options, Signatures signatures)
    : options_(options), signatures_(signatures), random_(options.seed ^ 0x5eed),
      ground_{genesis_, choose(signatures, stand_in_, native_), scheduler_.clock()},
      consensus_(scheduler_, random_, {.commit_wait_ms = options.commit_wait_ms},
                 [this](std::string what) { complain(std::move(what)); }),
      agents_(consensus_, options_, ground_, cast_.operators) {
  for (std::size_t i = 0; i < options.validators; ++i) {
    cast_.consensus.push_back(key("consensus", i));
    cast_.operators.push_back(key("operator", i));
    names_.operators.push_back(crypto::address_of(cast_.operators[i]->public_key()));
  }
  for (std::size_t i = 0; i < options.clients; ++i) {
    cast_.clients.push_back(key("client", i));
    clients_.emplace_back(cast_.clients[i], i % options.validators);
    names_.clients.push_back(clients_[i].address());
  }
  genesis_ = validators_genesis(cast_, TimeMs{kStart});
  if (has_beacon()) add_beacon(genesis_);
  add_validators();
}

std::shared_ptr<crypto::SigningKey> Network::key(std::string_view role, std::size_t number) const {
  const Hash seed = crypto::sha256(as_bytes(fmt::format("{} {} {}", role, number, options_.seed)));
  if (signatures_ == Signatures::stand_in) return stand_in_key(seed);
  return std::move(crypto::key_from_secret(crypto::KeyType::ed25519, seed).value());
}

void Network::add_validators() {
  for (std::size_t i = 0; i < options_.validators; ++i) {
    Member member;
    member.key = cast_.consensus[i]->public_key().bytes;
    member.address = engine::consensus_address(member.key);
    member.signer = cast_.consensus[i];
    member.replica = std::make_unique<Replica>(
        ground_, has_beacon() ? agents_.identity(i, signer()) : engine::BeaconIdentity{},
        [this, i](const engine::BlockPtr& block) { on_block(i, block); });
    consensus_.add(std::move(member));
  }
}

const crypto::BeaconSigner& Network::signer() const {
  if (signatures_ == Signatures::real) return native_beacon_;
  return stand_in_.beacon_signer();
}

void Network::agents() {
  agents_.act(signer());
  scheduler_.after(kAgentMs, [this] { agents(); });
}

/// A group stays until the next one is made, whatever fails in between.
void Network::watch_beacon(const engine::CommittedBlock& block) {
  for (const auto& tx : block.txs) {
    for (const auto& event : tx.result.events()) {
      if (event.type() == "beacon.dealer_out") ++outcome_.dealers_out;
    }
  }
  for (const auto& event : block.end_events) {
    if (event.type() == "beacon.session_failed") ++outcome_.failed_sessions;
    if (event.type() != "beacon.group_made") continue;
    ++outcome_.beacon_groups;
    group_session_ = event.attributes(0).value();
  }
}

void Network::on_block(std::size_t member, const engine::BlockPtr& block) {
  if (block->height().value == watched_ + 1) {
    ++watched_;
    watch_beacon(*block);
  }
  for (const auto& tx : block->txs) {
    const auto band = chain::band(static_cast<chain::TxStatus>(tx.result.status()));
    const bool included = band == chain::StatusBand::ok ||
                          band == chain::StatusBand::failed_with_fee;
    if (included && included_.emplace(tx.id, block->height()).first->second != block->height()) {
      complain("a transaction was included twice");
    }
    if (tx.result.status() == static_cast<std::uint32_t>(chain::TxStatus::invariant_violated)) {
      complain(fmt::format("an invariant stopped a transaction at height {}",
                           block->height().value));
    }
  }
  for (const auto& event : block->end_events) {
    if (event.type() == "chain.breaker_tripped") complain("an invariant stopped a block-end step");
  }
  for (auto& client : clients_) client.on_block(member, *block);
}

void Network::act(const Action& action) {
  const std::size_t validator = action.who % options_.validators;
  switch (action.kind) {
    case ActionKind::kill:
      consensus_.kill(validator);
      scheduler_.after(static_cast<std::int64_t>(action.value),
                       [this, validator] { consensus_.restart(validator); });
      return;
    case ActionKind::cut:
      consensus_.cut(action.who);
      scheduler_.after(static_cast<std::int64_t>(action.value), [this] { consensus_.cut(0); });
      return;
    case ActionKind::skew:
      consensus_.members()[validator].skew_ms = static_cast<std::int64_t>(action.value) - 5'000;
      return;
    case ActionKind::double_sign:
      if (consensus_.power_of(consensus_.members()[validator].address) == 0) return;
      ++double_signs_[validator];
      consensus_.double_sign(validator);
      return;
    case ActionKind::bad_proposal:
      consensus_.members()[validator].garbles_next = true;
      return;
    default: break;
  }
  auto& client = clients_[action.who % clients_.size()];
  static_cast<void>(client.send(consensus_, message_of(action, names_)));
  if ((options_.disturbers >> (action.who % clients_.size())) & 1u) {
    client.disturb(consensus_, message_of(action, names_));
  }
  if (action.who % clients_.size() % 2 == 0) {
    for (std::size_t i = 0; i < options_.validators; ++i) {
      if ((options_.censors >> i) & 1u) consensus_.members()[i].leaves_out.insert(client.waiting());
    }
  }
}

void Network::again() {
  for (auto& client : clients_) client.send_again(consensus_, random_);
  clients_[random_.below(clients_.size())].replay(consensus_, random_);
  scheduler_.after(kAgainMs, [this] { again(); });
}

void Network::heal() {
  consensus_.cut(0);
  for (std::size_t i = 0; i < options_.validators; ++i) {
    consensus_.restart(i);
    consensus_.members()[i].skew_ms = 0;
    consensus_.members()[i].garbles_next = false;
  }
}

// ---- the end -----------------------------------------------------------------------------------

void Network::check_acknowledged(const engine::CometLedger& ledger) {
  for (const auto& client : clients_) {
    for (const auto& told : client.acknowledged()) {
      ++outcome_.acknowledged;
      if (told.status == 0) ++outcome_.applied;
      const auto block = ledger.block(told.height);
      const bool kept = block && std::ranges::any_of((*block)->txs, [&](const auto& tx) {
        return tx.id == told.id && tx.result.status() == told.status;
      });
      // A replica that lost its disk has the state of a replay, not the old records.
      if (block && !kept) {
        complain(fmt::format("an acknowledged transaction left block {}", told.height.value));
      }
    }
  }
}

/// Who signed twice is punished once and has left the set; nobody else is.
void Network::check_slashes(const state::View& state) {
  for (std::size_t i = 0; i < options_.validators; ++i) {
    const auto bytes = state.get(chain::staking::kValidators.key({names_.operators[i]}));
    const auto validator =
        bytes ? chain::staking::kValidators.decoded(*bytes) : chain::staking::pb::Validator{};
    outcome_.slashes += validator.slashes();
    const auto key = chain::staking::consensus_address(as_bytes(validator.consensus_key()));
    if (validator.jailed() && state.get(chain::staking::kActiveSet.key({key}))) {
      complain(fmt::format("validator {} is jailed and has power", i));
    }
    const Bytes offences = chain::slashing::kOffences.prefix(names_.operators[i]);
    state.scan({offences, {}}, [&](ByteView, ByteView value) {
      const auto offence = chain::slashing::kOffences.decoded(value);
      if (offence.kind() == chain::slashing::pb::Offence::CENSORSHIP) outcome_.censors |= 1u << i;
      return true;
    });
    if ((options_.censors >> i) & 1u) continue;
    const bool guilty = double_signs_.contains(i);
    if (!guilty && validator.slashes() != 0) {
      complain(fmt::format("validator {} was punished for nothing", i));
    }
    if (guilty && (validator.slashes() != 1 || !validator.jailed())) {
      complain(fmt::format("validator {} signed twice: {} slashes, {}", i, validator.slashes(),
                           validator.jailed() ? "jailed" : "not jailed"));
    }
  }
}

void Network::check_group(const state::View& state) {
  std::string newest;
  state.scan({chain::beacon::kGroups.prefix(), {}}, [&](ByteView, ByteView value) {
    newest = std::to_string(chain::beacon::kGroups.decoded(value).session());
    return true;
  });
  if (newest != group_session_) complain("the group is not the one that was made last");
}

void Network::final_checks() {
  auto& members = consensus_.members();
  for (std::size_t i = 0; i < members.size(); ++i) {
    if (members[i].applied != consensus_.height()) {
      complain(fmt::format("validator {} stands at {} of {} although all faults are over", i,
                           members[i].applied, consensus_.height()));
    }
  }
  const auto& ledger = members.front().replica->ledger();
  const auto view = ledger.view();
  if (!view) return complain(view.error().message);
  for (auto& what : broken_books(*view)) complain(std::move(what));
  for (const auto& client : clients_) {
    if (client.waits()) complain("a client still waits although all faults are over");
  }
  check_slashes(*view);
  check_group(*view);
  for (const auto& member : members) check_acknowledged(member.replica->ledger());
  outcome_.acknowledged /= members.size();
  outcome_.applied /= members.size();
}

Outcome Network::live(const std::vector<Action>& story) {
  consensus_.begin(ground_);
  for (const Action& action : story) {
    scheduler_.after(action.at_ms, [this, &action] { act(action); });
  }
  scheduler_.after(kAgainMs, [this] { again(); });
  if (has_beacon()) scheduler_.after(kAgentMs, [this] { agents(); });
  scheduler_.after(options_.duration_ms - kQuietMs, [this] { heal(); });
  // The moment before the last tick would leave a gossip half done; one more second ends it.
  scheduler_.run_until(TimeMs{kStart + options_.duration_ms});
  final_checks();
  outcome_.blocks = consensus_.height();
  outcome_.rounds = consensus_.rounds();
  outcome_.refused_proposals = consensus_.refused_proposals();
  outcome_.beacon_rounds = consensus_.beacon_rounds();
  const auto head = consensus_.members().front().replica->ledger().head();
  Bytes told;
  for (const auto& client : clients_) {
    for (const auto& item : client.acknowledged()) append(told, item.id);
  }
  outcome_.digest = crypto::sha256({head.state_root, head.hash, told});
  return std::move(outcome_);
}

}  // namespace

Outcome live_through(const StoryOptions& options, const std::vector<Action>& story,
                     Signatures signatures) {
  return Network(options, signatures).live(story);
}

std::vector<Action> shorten(const StoryOptions& options, std::vector<Action> story,
                            const std::string& complaint) {
  const auto still_breaks = [&](const std::vector<Action>& shorter) {
    const auto outcome = live_through(options, shorter);
    return !outcome.broken.empty() && outcome.broken.front() == complaint;
  };
  for (std::size_t chunk = story.size() / 2; chunk > 0; chunk /= 2) {
    for (std::size_t at = 0; at < story.size();) {
      std::vector<Action> shorter = story;
      const auto first = shorter.begin() + static_cast<std::ptrdiff_t>(at);
      const auto last = shorter.begin() +
                        static_cast<std::ptrdiff_t>(std::min(at + chunk, shorter.size()));
      shorter.erase(first, last);
      if (still_breaks(shorter)) {
        story = std::move(shorter);
      } else {
        at += chunk;
      }
    }
  }
  return story;
}

}  // namespace cambium::sim
