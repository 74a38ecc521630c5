#include "engine/cometbft/abci/convert.hpp"

#include "crypto/sha256.hpp"
#include "schema/canonical.hpp"

namespace cambium::engine::abci {
namespace {

using tendermint::types::BlockIDFlag;

Result<chain::Address> to_address(const std::string& bytes) {
  if (const auto address = chain::Address::from(as_bytes(bytes))) return *address;
  return fail(ErrorCode::corrupt, "The consensus engine named a validator without 20 bytes.");
}

}  // namespace

chain::BlockVote::Kind to_kind(BlockIDFlag flag) {
  using Kind = chain::BlockVote::Kind;
  if (flag == BlockIDFlag::BLOCK_ID_FLAG_COMMIT) return Kind::committed;
  return flag == BlockIDFlag::BLOCK_ID_FLAG_NIL ? Kind::nil : Kind::absent;
}

TimeMs to_time(const google::protobuf::Timestamp& time) {
  return {time.seconds() * 1'000 + time.nanos() / 1'000'000};
}

std::vector<Bytes> to_txs(const google::protobuf::RepeatedPtrField<std::string>& txs) {
  std::vector<Bytes> out;
  out.reserve(static_cast<std::size_t>(txs.size()));
  for (const auto& tx : txs) out.push_back(to_bytes(tx));
  return out;
}

Result<DecidedBlock> to_block(const tendermint::abci::RequestFinalizeBlock& request) {
  DecidedBlock out;
  out.height = {static_cast<std::uint64_t>(request.height())};
  out.time = to_time(request.time());
  const auto hash = Hash::from(as_bytes(request.hash()));
  if (!hash) return fail(ErrorCode::corrupt, "The consensus engine sent a block without a hash.");
  out.hash = *hash;
  TRY(out.proposer, to_address(request.proposer_address()));
  for (const auto& vote : request.decided_last_commit().votes()) {
    chain::BlockVote seen;
    TRY(seen.validator, to_address(vote.validator().address()));
    seen.power = static_cast<std::uint64_t>(vote.validator().power());
    seen.kind = to_kind(vote.block_id_flag());
    out.facts.votes.push_back(seen);
  }
  for (const auto& act : request.misbehavior()) {
    chain::Misbehaviour found;
    TRY(found.validator, to_address(act.validator().address()));
    found.height = {static_cast<std::uint64_t>(act.height())};
    found.time = to_time(act.time());
    found.power = static_cast<std::uint64_t>(act.validator().power());
    out.facts.misbehaviour.push_back(found);
  }
  out.txs = to_txs(request.txs());
  return out;
}

// `data` is the hash of the whole result, so that CometBFT's header commits to it.
tendermint::abci::ExecTxResult to_result(const chain::v1::TxResult& result) {
  tendermint::abci::ExecTxResult out;
  out.set_code(result.status());
  out.set_data(to_string(crypto::sha256(schema::encode(result))));
  out.set_gas_used(static_cast<std::int64_t>(result.gas_used()));
  if (result.status() != 0) {
    const auto status = static_cast<chain::TxStatus>(result.status());
    out.set_log(std::string(chain::name(status)));
    out.set_codespace("cambium");
  }
  return out;
}

tendermint::abci::ValidatorUpdate to_update(const ValidatorPower& validator) {
  tendermint::abci::ValidatorUpdate out;
  out.mutable_pub_key()->set_ed25519(to_string(validator.key));
  out.set_power(static_cast<std::int64_t>(validator.power));
  return out;
}

}  // namespace cambium::engine::abci
