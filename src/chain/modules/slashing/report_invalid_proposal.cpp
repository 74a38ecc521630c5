// ReportInvalidProposal: shows that a validator signed a block with a transaction that no state
// could make valid. Only the malformed band counts: everything else depends on what a proposer
// could not know.
#include <algorithm>

#include "base/check.hpp"
#include "chain/message.hpp"
#include "chain/modules/slashing/proposal.hpp"
#include "chain/modules/slashing/slashing.hpp"
#include "chain/modules/staking/staking.hpp"
#include "chain/pipeline.hpp"
#include "crypto/merkle.hpp"
#include "crypto/sha256.hpp"

namespace cambium::chain {
namespace {

using namespace slashing;

constexpr std::uint64_t kKind = pb::Offence::INVALID_PROPOSAL;

Address consensus_of(const pb::ReportInvalidProposal& msg) {
  return staking::consensus_address(as_bytes(msg.consensus_key()));
}

TxStatus preflight(const pb::ReportInvalidProposal& msg) {
  if (!is_hash(msg.consensus_key()) || !is_hash(msg.proposal().block_hash()) ||
      !is_hash(msg.proposal().parts_hash())) {
    return TxStatus::bad_hash;
  }
  if (msg.signature().size() != 64) return TxStatus::field_out_of_range;
  // An engine may put a message of its own in front of a block's transactions.
  if (msg.index() == 0 || msg.index() >= msg.count()) return TxStatus::field_out_of_range;
  if (msg.path_size() > 64 || msg.header_fields_size() > 32) return TxStatus::field_too_long;
  const auto is_bad = [](const auto& hash) { return !is_hash(hash); };
  return std::ranges::any_of(msg.path(), is_bad) ? TxStatus::bad_hash : TxStatus::ok;
}

TxStatus check_signed(const ReadContext& ctx, const pb::ReportInvalidProposal& msg) {
  ctx.charge(kGasPerSignature);
  const crypto::PublicKey key{crypto::KeyType::ed25519, to_bytes(as_bytes(msg.consensus_key()))};
  const Bytes bytes = proposal_sign_bytes(msg.proposal(), ctx.block().chain_id);
  return ctx.verifier().verify({key, bytes, as_bytes(msg.signature())})
             ? TxStatus::ok
             : TxStatus::proposal_not_signed;
}

/// Transaction -> data hash -> header -> block hash of the proposal.
TxStatus check_contained(const ReadContext& ctx, const pb::ReportInvalidProposal& msg) {
  const auto data = data_hash(msg.header_fields());
  if (!data || block_hash(msg.header_fields()) != to_id(msg.proposal().block_hash())) {
    return TxStatus::bad_proof;
  }
  ctx.charge(kGasPerTxByte * msg.transaction().size());
  std::vector<Hash> path;
  for (const auto& hash : msg.path()) path.push_back(to_id(hash));
  const Hash leaf = crypto::merkle_leaf(crypto::sha256(as_bytes(msg.transaction())));
  return crypto::merkle_verify(*data, leaf, {msg.index(), msg.count()}, path)
             ? TxStatus::ok
             : TxStatus::bad_proof;
}

bool is_malformed(const ReadContext& ctx, ByteView raw) {
  const Registry* registry = ctx.environment().registry;
  CHECK(registry != nullptr, "the kernel did not name the chain's registry");
  const auto tx = decode_tx(*registry, ctx.block().chain_id, raw);
  if (!tx) return band(tx.error()) == StatusBand::malformed;
  const Tx* one = tx->get();
  ctx.charge(kGasPerSignature * one->signers.size());
  return !verify_signatures({&one, 1}, ctx.verifier()).front();
}

TxStatus check(const ReadContext& ctx, const pb::ReportInvalidProposal& msg) {
  const auto account = staking::operator_of(ctx, consensus_of(msg));
  if (!account) return TxStatus::validator_not_found;
  if (too_old(ctx, {msg.proposal().time_s() * 1'000})) return TxStatus::evidence_too_old;
  if (kPunished.has(ctx, {*account, kKind, msg.proposal().height()})) {
    return TxStatus::evidence_known;
  }
  TRY_TX(check_signed(ctx, msg));
  TRY_TX(check_contained(ctx, msg));
  return is_malformed(ctx, as_bytes(msg.transaction())) ? TxStatus::ok
                                                        : TxStatus::proposal_not_malformed;
}

TxStatus apply(Context& ctx, const pb::ReportInvalidProposal& msg) {
  const auto account = staking::operator_of(ctx, consensus_of(msg));
  CHECK(account, "checked before");
  kPunished.put(ctx, {*account, kKind, msg.proposal().height()}, {});
  punish(ctx, {*account, pb::Offence::INVALID_PROPOSAL, {msg.proposal().height()}});
  return TxStatus::ok;
}

}  // namespace

template <>
MessageHandler handler_of<slashing::pb::ReportInvalidProposal>() {
  return handler<slashing::pb::ReportInvalidProposal>(
      {.privileges = {.may_burn = true}, .base_gas = {10'000}}, {preflight, check, apply});
}

}  // namespace cambium::chain
