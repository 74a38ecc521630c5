#include "chain/block.hpp"

#include "chain/detail/block_end.hpp"
#include "chain/records.hpp"
#include "chain/upgrade.hpp"
#include "crypto/merkle.hpp"
#include "crypto/sha256.hpp"
#include "schema/canonical.hpp"

namespace cambium::chain {
namespace {

v1::TxResult refused(TxStatus status) {
  v1::TxResult result;
  result.set_status(static_cast<std::uint32_t>(status));
  return result;
}

/// The block's transactions, decoded, with the verdict on their signatures.
struct Decoded {
  std::vector<TxOutcome<std::unique_ptr<Tx>>> txs;
  std::vector<bool> signed_well;  // of the decodable ones, by position in `txs`
};

Decoded decode_all(const Registry& registry, const Environment& env, std::span<const Bytes> raw) {
  Decoded out;
  std::vector<const Tx*> good;
  std::vector<std::size_t> positions;
  for (const Bytes& bytes : raw) {
    out.txs.push_back(decode_tx(registry, env.block.chain_id, bytes));
    if (!out.txs.back()) continue;
    good.push_back(out.txs.back()->get());
    positions.push_back(out.txs.size() - 1);
  }
  const auto verdicts = verify_signatures(good, env.verifier);
  out.signed_well.resize(raw.size(), false);
  for (std::size_t i = 0; i < positions.size(); ++i) out.signed_well[positions[i]] = verdicts[i];
  return out;
}

/// Applies one transaction when the block still has room for its gas limit.
Execution apply(const Registry& registry, state::Overlay& overlay, const Environment& env,
                const Tx& tx, Gas left) {
  GasMeter unmetered({UINT64_MAX});
  const auto params = kParams.get_or_default(ReadContext(overlay, env, unmetered), {});
  const std::uint64_t wanted = tx.body.fee().gas_limit();
  // A limit that no block could hold is the pipeline's to refuse.
  if (wanted > left.value && wanted <= params.tx_gas_limit()) {
    return {.result = refused(TxStatus::block_full)};
  }
  return execute_tx(registry, overlay, env, tx);
}

void begin_block(state::Overlay& overlay, const Environment& env, BlockOutcome& out) {
  GasMeter unmetered({UINT64_MAX});
  Context ctx(overlay, env, unmetered);
  apply_upgrade(ctx);
  for (auto& event : ctx.events()) out.end_events.push_back(std::move(event));
}

}  // namespace

BlockOutcome execute_block(const Registry& registry, const state::View& state, Environment env,
                           std::span<const Bytes> txs) {
  BlockOutcome out;
  env.registry = &registry;
  state::Overlay overlay(state);
  begin_block(overlay, env, out);
  GasMeter unmetered({UINT64_MAX});
  const auto params = kParams.get_or_default(ReadContext(overlay, env, unmetered), {});
  const Decoded decoded = decode_all(registry, env, txs);
  for (std::size_t i = 0; i < txs.size(); ++i) {
    Execution done;
    if (!decoded.txs[i]) {
      done.result = refused(decoded.txs[i].error());
    } else if (!decoded.signed_well[i]) {
      done.result = refused(TxStatus::bad_signature);
    } else {
      const Gas left{params.block_gas_limit() - out.gas_used.value};
      done = apply(registry, overlay, env, **decoded.txs[i], left);
    }
    out.gas_used.value += done.result.gas_used();
    out.results.push_back(std::move(done.result));
    out.tx_diffs.push_back(std::move(done.diff));
    for (auto& evidence : done.violations) out.violations.push_back(std::move(evidence));
  }
  detail::end_block(registry, overlay, env, out);
  out.diff = overlay.diff();
  return out;
}

TxOutcome<Simulation> simulate(const Registry& registry, const state::View& state,
                               Environment env, ByteView raw) {
  auto tx = decode_tx(registry, env.block.chain_id, raw);
  if (!tx) return tl::unexpected(tx.error());
  state::Overlay overlay(state);
  Execution done = execute_tx(registry, overlay, env, **tx);
  return Simulation{std::move(done.result), std::move(done.diff)};
}

Hash tx_root(std::span<const Bytes> txs) {
  std::vector<Hash> leaves;
  leaves.reserve(txs.size());
  for (const Bytes& tx : txs) leaves.push_back(crypto::merkle_leaf(crypto::sha256(tx)));
  return crypto::merkle_root(leaves);
}

Hash results_root(std::span<const v1::TxResult> results) {
  std::vector<Hash> leaves;
  leaves.reserve(results.size());
  for (const auto& result : results) leaves.push_back(crypto::merkle_leaf(schema::encode(result)));
  return crypto::merkle_root(leaves);
}

}  // namespace cambium::chain
