#include "engine/cometbft/votes/beacon_extender.hpp"

#include <fmt/format.h>

#include "base/log.hpp"
#include "chain/modules/staking/staking.hpp"
#include "chain/modules/staking/tables.hpp"
#include "chain/records.hpp"
#include "engine/cometbft/checker.hpp"
#include "engine/cometbft/validators.hpp"
#include "engine/cometbft/votes/block_facts.hpp"
#include "schema/canonical.hpp"

namespace cambium::engine {

namespace beacon = chain::beacon;
namespace staking = chain::staking;

/// The state below a block under decision, which is that after the block that was voted on.
struct BeaconExtender::Below {
  Below(state::HeightView v, const CometLedger& ledger, Height voted)
      : view(std::move(v)), info{.chain_id = ledger.genesis().chain_id(),
                                 .height = voted.next(),
                                 .time = {},
                                 .proposer = {},
                                 .prev_hash = {},
                                 .beacon = {}},
        round(voted), ctx(view, {info, ledger.verifier(), &ledger.registry()}, unmetered),
        group(beacon::group_of_round(ctx, voted)),
        message(beacon::round_message(info.chain_id, voted)) {}

  state::HeightView view;
  chain::BlockInfo info;
  Height round;
  chain::GasMeter unmetered{{UINT64_MAX}};
  chain::ReadContext ctx;
  std::optional<beacon::pb::Group> group;
  Hash message;
};

namespace {

/// The key that a consensus address stands for; empty when the state no longer knows.
Bytes consensus_key(const chain::ReadContext& ctx, const chain::Address& address) {
  if (const auto active = staking::kActiveSet.get(ctx, {address})) {
    return to_bytes(as_bytes(active->consensus_key()));
  }
  const auto account = staking::operator_of(ctx, address);
  if (!account) return {};
  const auto validator = staking::kValidators.get_or_default(ctx, {*account});
  const ByteView key = as_bytes(validator.consensus_key());
  return engine::consensus_address(key) == address ? to_bytes(key) : Bytes{};
}

std::vector<bool> verify_extensions(const chain::ReadContext& ctx, const v1::CarriedVotes& carried,
                                    const PlainCommit& commit, Height voted) {
  std::vector<Bytes> messages;
  for (const auto& vote : carried.votes()) {
    messages.push_back(extension_sign_bytes(
        {ctx.block().chain_id, voted, commit.round, as_bytes(vote.extension())}));
  }
  std::vector<crypto::SignedMessage> items;
  for (int i = 0; i < carried.votes_size(); ++i) {
    const auto& vote = carried.votes(i);
    Bytes key = consensus_key(ctx, commit.votes[vote.position()].validator);
    items.push_back({{crypto::KeyType::ed25519, std::move(key)},
                     messages[std::size_t(i)],
                     as_bytes(vote.signature())});
  }
  return ctx.verifier().verify_all(items);
}

PlainCommit plain(const ExtendedCommit& commit) {
  PlainCommit out{commit.round, {}};
  for (const auto& vote : commit.votes) {
    out.votes.push_back({vote.validator, vote.power, vote.kind});
  }
  return out;
}

// Half of the room is left: whatever any honest proposer leaves out of such a block had its place.
bool had_room(const BlockContents& block, const state::View& below) {
  const auto bytes = below.get(chain::kParams.key({}));
  const auto params = bytes ? chain::kParams.decoded(*bytes) : chain::default_params();
  constexpr std::size_t kHalfBlockBytes = 2u << 20;
  return block.bytes < kHalfBlockBytes && block.gas < params.block_gas_limit() / 2;
}

}  // namespace

Result<std::unique_ptr<BeaconExtender::Below>> BeaconExtender::open(Height voted) const {
  TRY(auto view, ledger_.view());
  return std::make_unique<Below>(std::move(view), ledger_, voted);
}

bool BeaconExtender::carries(Height height) const {
  return carries_votes(ledger_.registry(), ledger_.genesis(), height);
}

BlockContents BeaconExtender::contents_of(const VotedBlock& block) const {
  BlockContents out{.below = {block.height.value - 1}};
  for (const Bytes& raw : block.txs) {
    const TxId id = chain::tx_id(raw);
    out.ids.insert(id);
    out.bytes += raw.size();
    auto facts = waiting_.find(id);
    if (!facts) {
      const auto tx = chain::decode_tx(ledger_.registry(), ledger_.genesis().chain_id(), raw);
      if (!tx) continue;
      facts = facts_of(**tx);
    }
    out.gas += facts->gas;
    out.senders.insert(facts->sender);
  }
  return out;
}

// The newest state is the one below the block that is voted on.
Bytes BeaconExtender::extend(const VotedBlock& block) {
  v1::VoteExtension extension;
  const auto below = open(block.height);
  if (!below) return {};
  extension.set_partials(to_string(member_.sign((*below)->ctx, block.height)));
  auto contents = contents_of(block);
  contents.next_nonce = [&](const chain::Address& account) {
    return nonce_of((*below)->view, account);
  };
  const std::string left_out = waiting_.left_out_of(contents);
  const std::size_t first = carries(block.height) ? 1 : 0;
  const bool worth_telling = block.txs.size() > first || !left_out.empty();
  if (worth_telling && had_room(contents, (*below)->view)) {
    extension.set_proposer(to_string(block.proposer));
    extension.set_left_out(left_out);
  }
  return schema::encode(extension);
}

bool BeaconExtender::verify(const VotedBlock&, const ExtendedVote& vote) {
  return decode_extension(vote.extension, member_.identity().signer->signature_bytes()).has_value();
}

std::vector<crypto::PartialSignature> BeaconExtender::partials_of(
    const Below& below, ByteView bytes, const chain::Address& validator) const {
  const std::size_t size = member_.identity().signer->signature_bytes();
  const auto extension = decode_extension(bytes, size);
  const auto account = staking::operator_of(below.ctx, validator);
  if (!extension || !account || !below.group) return {};
  for (const auto& member : below.group->members()) {
    if (member.operator_() != chain::to_field(*account)) continue;
    if (extension->partials().size() != size * member.count()) return {};
    std::vector<crypto::PartialSignature> out;
    for (std::uint32_t i = 0; i < member.count(); ++i) {
      const auto signature = as_bytes(extension->partials()).subspan(i * size, size);
      out.push_back({member.first() + i, to_bytes(signature)});
    }
    return out;
  }
  return {};
}

// First all together, for that is nearly always right; one by one only when somebody lied.
Bytes BeaconExtender::group_signature(const Below& below, const v1::CarriedVotes& carried,
                                      const PlainCommit& commit) const {
  if (!below.group) return {};
  const auto& signer = *member_.identity().signer;
  const ByteView commitments = as_bytes(below.group->commitments());
  const auto collect = [&](auto keep) {
    std::vector<crypto::PartialSignature> out;
    for (const auto& vote : carried.votes()) {
      auto part = partials_of(below, as_bytes(vote.extension()),
                              commit.votes[vote.position()].validator);
      if (part.empty() || !keep(part)) continue;
      std::ranges::move(part, std::back_inserter(out));
    }
    return out;
  };
  const auto combined = [&](const std::vector<crypto::PartialSignature>& partials) -> Bytes {
    auto signature = signer.combine(partials);
    if (!signature) return {};
    return signer.scheme().verify({commitments, below.message, *signature}) ? std::move(*signature)
                                                                            : Bytes{};
  };
  const auto all = collect([](const auto&) { return true; });
  if (all.size() < crypto::kBeaconThreshold) return {};
  if (Bytes signature = combined(all); !signature.empty()) return signature;
  return combined(collect([&](const auto& part) {
    return signer.verify_partials({commitments, below.message, part});
  }));
}

std::optional<Bytes> BeaconExtender::carry(Height height, const ExtendedCommit& commit) {
  if (!carries(height)) return std::nullopt;
  const Height voted{height.value - 1};
  const auto below = open(voted);
  if (!below) {
    spdlog::error("no votes can be carried into block {}: {}", height.value, below.error().message);
    return std::nullopt;
  }
  v1::CarriedVotes all;
  for (std::size_t i = 0; i < commit.votes.size(); ++i) {
    const auto& vote = commit.votes[i];
    if (vote.kind != chain::BlockVote::Kind::committed || vote.signature.empty()) continue;
    auto* out = all.add_votes();
    out->set_position(static_cast<std::uint32_t>(i));
    out->set_extension(to_string(vote.extension));
    out->set_signature(to_string(vote.signature));
  }
  const PlainCommit known = plain(commit);
  const auto verdicts = verify_extensions((*below)->ctx, all, known, voted);
  v1::CarriedVotes carried;
  for (int i = 0; i < all.votes_size(); ++i) {
    if (verdicts[std::size_t(i)]) *carried.add_votes() = all.votes(i);
  }
  carried.set_group_signature(to_string(group_signature(**below, carried, known)));
  return schema::encode(carried);
}

/// More than two thirds of the power, less what left the state's knowledge, is there and signed.
std::optional<std::string> BeaconExtender::fault_of_votes(const Below& below,
                                                          const v1::CarriedVotes& carried,
                                                          const PlainCommit& commit) const {
  u128 total = 0, unknown = 0, there = 0;
  for (const auto& vote : commit.votes) {
    total += vote.power;
    if (consensus_key(below.ctx, vote.validator).empty()) unknown += vote.power;
  }
  for (const auto& vote : carried.votes()) {
    if (vote.position() >= commit.votes.size()) return "it carries the vote of nobody";
    const auto& known = commit.votes[vote.position()];
    if (known.kind != chain::BlockVote::Kind::committed) return "it carries a vote not given";
    there += known.power;
  }
  if ((there + unknown) * 3 <= total * 2) return "it carries too few votes";
  const auto verdicts = verify_extensions(below.ctx, carried, commit, below.round);
  if (std::ranges::find(verdicts, false) != verdicts.end()) {
    return "it carries a vote that its validator did not sign";
  }
  return std::nullopt;
}

std::optional<std::string> BeaconExtender::fault(Height height, ByteView first_tx,
                                                 const PlainCommit& commit) {
  const auto carried = decode_carried(first_tx);
  if (!carried) return "it does not begin with the votes on the block below";
  const auto opened = open({height.value - 1});
  if (!opened) return opened.error().message;
  const Below& below = **opened;
  if (auto why = fault_of_votes(below, *carried, commit)) return why;
  const ByteView signature = as_bytes(carried->group_signature());
  if (!below.group) {
    return signature.empty() ? std::nullopt
                             : std::optional<std::string>("there is no group that could sign");
  }
  const auto& scheme = member_.identity().signer->scheme();
  if (!signature.empty()) {
    const bool good =
        scheme.verify({as_bytes(below.group->commitments()), below.message, signature});
    return good ? std::nullopt : std::optional<std::string>("its randomness is not the group's");
  }
  // Whoever sees the value first must not be able to keep it back.
  return group_signature(below, *carried, commit).empty()
             ? std::nullopt
             : std::optional<std::string>("it keeps back randomness that its votes hold");
}

}  // namespace cambium::engine
